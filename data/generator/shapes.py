"""How London homes use electricity, as tables of integers.

Sizes follow what is known of the published set (a mean of about 0.21 kWh per half hour, affluent homes above
it, an evening peak, winter above summer); the tables are drawn by hand to look alike, not fitted to it.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Group:
    """An Acorn group. `base_wh` is its mean use per half hour without heating; `letters` are its Acorn
    types; `share` is in 1000 of the households, rounded from the published set; `tou_share` in 1000 of its
    homes chose the time-of-use tariff, in all about one in five. `shape` changes the time of day: 1000 is as
    in WEEKDAY and WEEKEND; a value for each three hours from 00:00.
    """

    base_wh: int
    letters: str
    share: int
    tou_share: int
    shape: tuple[int, ...]


GROUPS = {
    "Affluent": Group(246, "ABCDE", 395, 250, (930, 900, 1040, 1080, 1050, 960, 990, 1010)),
    "Comfortable": Group(192, "FGHIJ", 270, 200, (960, 1050, 1060, 930, 930, 1020, 1050, 960)),
    "Adversity": Group(154, "KLMNOPQ", 325, 140, (1140, 1060, 870, 980, 1030, 1020, 960, 1010)),
    "ACORN-U": Group(212, "U", 10, 200, (1000,) * 8),
}

# Those who chose the time-of-use tariff use less than others of their group, with it or without: in 1000.
CHOOSERS = 920

# 1000 = the day's mean; from 00:00 in half hours.
WEEKDAY = np.ravel(
    [
        [720, 640, 570, 520, 490, 470, 460, 455, 455, 465, 490, 540, 650, 800, 960, 1050],
        [1060, 1000, 930, 890, 870, 860, 860, 870, 890, 890, 870, 850, 850, 870, 920, 1010],
        [1150, 1330, 1520, 1670, 1760, 1800, 1790, 1760, 1710, 1650, 1590, 1510, 1400, 1240, 1050, 870],
    ]
)
WEEKEND = np.ravel(
    [
        [790, 710, 640, 580, 540, 510, 490, 480, 475, 475, 485, 500, 540, 610, 720, 860],
        [1010, 1140, 1220, 1260, 1270, 1270, 1270, 1280, 1290, 1280, 1250, 1210, 1180, 1170, 1190, 1260],
        [1370, 1500, 1620, 1710, 1750, 1760, 1730, 1690, 1640, 1580, 1520, 1440, 1340, 1200, 1040, 890],
    ]
)

# 1000 = the year's mean without heating, on the 1st of each month; days between are interpolated.
SEASON = np.array([1095, 1075, 1035, 985, 950, 925, 925, 940, 970, 1010, 1055, 1085])

# On a bank holiday homes keep the weekend's hours and use more: in 1000.
HOLIDAY = 1080

# How much a household uses, in 1000 of its group's: sixteen equally likely values, mean 1000.
LEVEL = np.array([390, 490, 570, 640, 710, 770, 830, 890, 950, 1020, 1090, 1180, 1290, 1430, 1640, 2110])
