"""Panels of readings, made by hand."""

import numpy as np
from london_power.common.prices import NO_PRICES, Prices
from london_power.common.schema import ACORN_GROUPS
from london_power.common.stamps import GMT, START, Stamps
from london_power.train.panel import Panel
from london_power.train.scan import HALF_HOURS, NO_ROW, NO_VALUE

FIRST_DAY = 15_706  # 1 January 2013, a Tuesday, since 1970


AS_THEY_STAND = Stamps(GMT, START)  # in winter


def panel(
    homes: dict[str, dict[int, float | None]],
    days: int,
    stamps: Stamps = AS_THEY_STAND,
    prices: Prices = NO_PRICES,
) -> Panel:
    """Household → half hours after FIRST_DAY → kWh, None for a row without a value."""
    cells = np.full((len(homes), days * HALF_HOURS), NO_ROW, np.int32)
    for n, readings in enumerate(homes.values()):
        for slot, kwh in readings.items():
            cells[n, slot] = NO_VALUE if kwh is None else round(kwh * 1e6)
    group = np.full(len(homes), ACORN_GROUPS.index("Affluent"), np.int8)
    shape = (len(homes), days, HALF_HOURS)
    tariff = np.zeros(len(homes), np.int8)
    return Panel(list(homes), group, tariff, FIRST_DAY, cells.reshape(shape), stamps, prices)
