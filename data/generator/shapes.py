"""How London homes use electricity, as tables of integers.

Sizes follow what is known of the published set (a mean of about 0.21 kWh per half hour, affluent homes above
it, an evening peak, winter above summer); the tables are drawn by hand to look alike, not fitted to it.
"""

import numpy as np

HALF_HOURS = 48

# Mean Wh per half hour and the Acorn letters of each group; shares in 1000 of the published set's households,
# rounded.
GROUPS = {
    "Affluent": (265, "ABCDE", 395),
    "Comfortable": (208, "FGHIJ", 270),
    "Adversity": (168, "KLMNOPQ", 325),
    "ACORN-U": (230, "U", 10),
}
TOU_SHARE = 200  # in 1000: about one household in five was on the time-of-use tariff

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

# 1000 = the year's mean, on the 1st of each month; days between are interpolated.
SEASON = np.array([1230, 1200, 1120, 1010, 920, 860, 830, 830, 870, 940, 1060, 1180])

# The time-of-use trial ran through 2013; its homes used less at the evening peak and a little more at night.
TRIAL_YEAR = 2013
TOU = np.full(HALF_HOURS, 985)
TOU[34:44] = 905
TOU[0:12] = 1010

# Sixteen equally likely values each, mean 1000: homes differ a lot, days a little, half hours a lot and to
# the right.
LEVEL = np.array([390, 490, 570, 640, 710, 770, 830, 890, 950, 1020, 1090, 1180, 1290, 1430, 1640, 2110])
DAY = np.array([760, 830, 870, 900, 925, 950, 970, 990, 1005, 1020, 1040, 1065, 1090, 1120, 1170, 1295])
NOISE = np.array([330, 420, 490, 560, 620, 680, 740, 800, 860, 930, 1010, 1110, 1240, 1440, 1810, 2960])
