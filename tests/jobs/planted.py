"""What homes would have used by truth.json, without noise: told apart from how the generator does it."""

import numpy as np
from london_power.common.stamps import GMT, START, Stamps


def expected_wh(truth: dict, without: str = "") -> np.ndarray:
    """Wh, homes × half hours of the plan in GMT; `without` leaves out "heating", "holiday" or "price"."""
    usual = {name: _usual(truth, group, without) for name, group in truth["groups"].items()}
    response = np.ones(truth["days"] * 48) if without == "price" else response_of(truth)
    return np.stack(
        [
            usual[home["acorn_group"]] * home["level"] / 1000 * (response if home["tariff"] == "ToU" else 1)
            for home in truth["households"]
        ]
    )


def response_of(truth: dict) -> np.ndarray:
    """What homes on the tariff multiply their use by, in each half hour of the plan."""
    prices, band = truth["prices"], bands(truth)
    factors = np.ones(len(band))
    for name, factor in prices["response"].items():
        factors[band == name] = factor / 1000
    high = np.flatnonzero(band == "High")
    for lag in range(1, prices["half_hours_after_high"] + 1):
        after = high[high + lag < len(band)] + lag
        factors[after[band[after] == "Normal"]] = prices["response_after_high"] / 1000
    return factors


def bands(truth: dict) -> np.ndarray:
    """The price of each half hour of the plan, "" outside of the trial."""
    found = np.full(truth["days"] * 48, "", "<U6")
    for time, name in (line.split(",") for line in truth["schedule"].splitlines()[1:]):
        found[(np.datetime64(time) - np.datetime64(truth["start"])) // np.timedelta64(30, "m")] = name
    return found


def cold(truth: dict) -> np.ndarray:
    """°C by which each day, and the one after the last, lies below the base of heating."""
    weather = truth["weather"]
    return np.maximum(0, weather["base_celsius"] - np.array(weather["celsius_from_start"]))


def _usual(truth: dict, group: dict, without: str) -> np.ndarray:
    """Wh of a home of level 1000 on the standard tariff in each half hour in GMT; homes live by London's."""
    days = np.datetime64(truth["start"]) + np.arange(truth["days"] + 1)
    holiday = np.isin(days, np.array(truth["holidays"], "M8[D]"))
    at_home = holiday | ((days.astype(np.int64) + 3) % 7 >= 5)
    shape = np.where(at_home[:, None], truth["weekend"], truth["weekday"]) / 1000
    month = days.astype("M8[M]")
    into = (days - month.astype("M8[D]")) / ((month + 1).astype("M8[D]") - month.astype("M8[D]"))
    season, of_month = np.array(truth["season"]) / 1000, month.astype(np.int64) % 12
    by_day = season[of_month] * (1 - into) + season[(of_month + 1) % 12] * into
    if without != "heating":
        by_day *= 1 + truth["weather"]["heating_per_celsius_below_base"] / 1000 * cold(truth)
    if without != "holiday":
        by_day *= np.where(holiday, truth["holiday"] / 1000, 1)
    by_clock = (group["base_wh"] * by_day[:, None] * shape * np.repeat(group["shape"], 6) / 1000).ravel()
    first = np.datetime64(truth["start"]).astype("M8[D]").astype(np.int64) * 48
    in_gmt = first + np.arange(truth["days"] * 48)
    return by_clock[Stamps(GMT, START).local_starts(in_gmt) - first]
