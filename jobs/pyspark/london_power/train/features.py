"""What a model may know of a half hour a day, or two, before it. Training and prediction share it."""

from dataclasses import dataclass
from math import pi

import numpy as np

from ..common.calendar import weekdays_of
from ..common.prices import PENCE
from ..common.schema import ACORN_GROUPS, TARIFFS
from ..common.stamps import END
from .holidays import BANK_HOLIDAYS
from .panel import Panel
from .scan import HALF_HOURS, NO_ROW

LABEL = "kwh"
DAYS_AHEAD = (1, 2)
_WEEKS = (7, 14, 21, 28)

# Features that are numbers of a category, with the categories' names: a linear model needs them one-hot,
# trees as they are.
CATEGORIES = {
    "half_hour": [f"{n // 2:02d}:{n % 2 * 30:02d}" for n in range(HALF_HOURS)],
    "weekday": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "holiday": ["no", "yes"],
    "group": ACORN_GROUPS,
    # The tariff, or on the time-of-use one what the half hour costs where that is known.
    "price": [*TARIFFS, *sorted(PENCE, key=lambda band: PENCE[band])],
}

# Features that are numbers, kWh a half hour but for the time of the year, and what they say. The latest day
# is yesterday, or the day before where models are trained for two days ahead.
NUMBERS = {
    "lag_day": "the same half hour of the latest day",
    "lag_week": "the same half hour of last week",
    "weeks_mean": "mean of that half hour over the last four weeks' same weekday, as far as they were read",
    "month_mean": "mean of that half hour over the 28 days up to the latest, as far as they were read",
    "week_level": "the household's mean over the seven days before the latest",
    "level": "the household's mean over all days before the latest",
    "year_sin": "time of the year as a point on a circle, where December lies beside January",
    "year_cos": "its other coordinate",
}
NAMES = [*CATEGORIES, *NUMBERS]
COLUMN = {name: n for n, name in enumerate(NAMES)}


@dataclass(frozen=True)
class Rows:
    """Half hours of some households whose features are all known, by household and time. `features` is rows ×
    NAMES, float32; `kwh` is NaN where there is none; `home` is a place in the panel's households, `slot`
    counts half hours from the panel's first day.
    """

    features: np.ndarray
    kwh: np.ndarray
    home: np.ndarray
    slot: np.ndarray

    def column(self, name: str) -> np.ndarray:
        return self.features[:, COLUMN[name]]

    def where(self, mask: np.ndarray) -> "Rows":
        return Rows(self.features[mask], self.kwh[mask], self.home[mask], self.slot[mask])


def build(panel: Panel, homes: slice, days_ahead: int, unread: bool = False) -> Rows:
    """The rows of these households with a reading of `days_ahead` days and of a week before; with `unread`
    also those that have no value themselves.

    A row knows its own household's readings of that half hour `days_ahead` days before and earlier, and the
    calendar, which is London's at the start of the half hour, and its price, which was told a day ahead.
    """
    kwh = panel.kwh(homes)
    lag_day, lag_week = _back(kwh, days_ahead), _back(kwh, 7)
    here = panel.cells[homes] != NO_ROW if unread else ~np.isnan(kwh)
    at = np.flatnonzero(here & ~np.isnan(lag_day) & ~np.isnan(lag_week))
    day = at // HALF_HOURS
    home, slot = np.divmod(at, panel.days * HALF_HOURS)
    features = np.empty((len(at), len(NAMES)), np.float32)
    tariff, priced = panel.tariff[homes][home], _priced(panel)[slot]
    found = {
        "group": panel.group[homes][home],
        "price": np.where((tariff == TARIFFS.index("ToU")) & (priced > 0), priced, tariff),
        **{name: values[slot] for name, values in _calendar(panel).items()},
        **{"lag_day": lag_day.ravel()[at], "lag_week": lag_week.ravel()[at]},
        **{name: values.ravel()[at] for name, values in _means(kwh, days_ahead).items()},
        **{name: values.ravel()[day] for name, values in _levels(kwh, days_ahead).items()},
    }
    for name, values in found.items():
        features[:, COLUMN[name]] = values
    first = homes.start or 0
    return Rows(features, kwh.ravel()[at], (home + first).astype(np.int32), slot.astype(np.int32))


def _back(values: np.ndarray, days: int) -> np.ndarray:
    """Of so many days before; NaN where that is before the first. By the clock: a gap shifts nothing."""
    shifted = np.full_like(values, np.nan)
    shifted[:, days:] = values[:, : values.shape[1] - days] if days < values.shape[1] else 0
    return shifted


def _means(kwh: np.ndarray, days_ahead: int) -> dict[str, np.ndarray]:
    read = ~np.isnan(kwh)
    known = np.where(read, kwh, 0.0)
    weeks, count = np.zeros_like(kwh), np.zeros(kwh.shape, np.int8)
    for days in _WEEKS:
        weeks[:, days:] += known[:, :-days]
        count[:, days:] += read[:, :-days]
    return {
        "weeks_mean": _ratio(weeks, count),
        "month_mean": _ratio(*(_over(each, 28, days_ahead) for each in (known, read))),
    }


def _levels(kwh: np.ndarray, days_ahead: int) -> dict[str, np.ndarray]:
    """Households × days: how much the household used on days that were over a whole day before the latest
    began to count.
    """
    total, count = np.nansum(kwh, 2), np.count_nonzero(~np.isnan(kwh), 2)
    days, back = kwh.shape[1], days_ahead + 1
    return {
        "level": _ratio(*(_over(each, days, back) for each in (total, count))),
        "week_level": _ratio(*(_over(each, 7, back) for each in (total, count))),
    }


def _over(values: np.ndarray, days: int, latest: int) -> np.ndarray:
    """The sum along days of so many days, the last of which lies `latest` days before."""
    sums = np.zeros((values.shape[0], values.shape[1] + 1, *values.shape[2:]))
    np.cumsum(values, axis=1, out=sums[:, 1:])
    end = np.clip(np.arange(values.shape[1]) - latest + 1, 0, None)
    return sums[:, end] - sums[:, np.clip(end - days, 0, None)]


def _ratio(total: np.ndarray, count: np.ndarray) -> np.ndarray:
    return np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)


def _priced(panel: Panel) -> np.ndarray:
    """For each half hour of the panel the place of its price in CATEGORIES, 0 where there is none."""
    slots = np.arange(panel.first_day * HALF_HOURS, (panel.first_day + panel.days) * HALF_HOURS)
    bands = panel.prices.of(slots - (panel.stamps.label == END))
    return np.select(
        [bands == name for name in PENCE], [CATEGORIES["price"].index(name) for name in PENCE], 0
    )


def _calendar(panel: Panel) -> dict[str, np.ndarray]:
    """For each half hour of the panel."""
    slots = np.arange(panel.first_day * HALF_HOURS, (panel.first_day + panel.days) * HALF_HOURS)
    day, half_hour = np.divmod(panel.stamps.local_starts(slots), HALF_HOURS)
    days = day.astype("M8[D]")
    angle = ((days - days.astype("M8[Y]")).astype(np.int64) + 1) * (2 * pi / 365.25)
    return {
        "half_hour": half_hour,
        "weekday": weekdays_of(day),
        "holiday": np.isin(days, np.array(BANK_HOLIDAYS, "M8[D]")),
        "year_sin": np.sin(angle),
        "year_cos": np.cos(angle),
    }
