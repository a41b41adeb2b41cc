"""The prices of the time-of-use tariff from the CSV file of its schedule."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .errors import JobError
from .lake import Lake

HEADER = ["TariffDateTime", "Tariff"]
# p/kWh. Source: London Datastore, "SmartMeter Energy Consumption Data in
# London Households".
PENCE = {"High": 67.20, "Normal": 11.76, "Low": 3.99}


@dataclass(frozen=True)
class Prices:
    """The price of each half hour from `first` on (half hours since 1970, by the readings' clock, at their
    start): a key of PENCE, "" where there is none.
    """

    first: int
    bands: NDArray[Any]

    def of(self, starts: NDArray[Any]) -> NDArray[Any]:
        """Returns the prices of half hours since 1970, "" for a half hour without one."""
        at = starts - self.first
        inside = (at >= 0) & (at < len(self.bands))
        return np.where(inside, self.bands[np.where(inside, at, 0)], "")


NO_PRICES = Prices(0, np.array([""]))


def read_prices(lake: Lake, uri: str | None) -> Prices:
    """Reads a file of prices; NO_PRICES without a file. Raises JobError for a missing file, and for a row
    that is not the price of a half hour.
    """
    if uri is None:
        return NO_PRICES
    content = lake.files.read(uri)
    if content is None:
        raise JobError(f"there is no file --prices {uri}")
    return prices_of(content.decode("utf-8-sig", errors="replace"), uri)


def prices_of(text: str, uri: str) -> Prices:
    """Parses rows of prices. Raises JobError with the line that is wrong."""
    header, *lines = text.splitlines() or [""]
    if [name.strip() for name in header.split(",")] != HEADER:
        raise JobError(f"{uri} has another header: expected {','.join(HEADER)}; found {header.strip()[:200]}")
    prices: dict[int, str] = {}
    for number, line in enumerate(lines, 2):
        if not line.strip():
            continue
        start, price = _row(line, f"{uri}, line {number}")
        if start in prices:
            raise JobError(f"{uri}, line {number}: {line.strip()[:80]} repeats a half hour: leave one price")
        prices[start] = price
    if not prices:
        raise JobError(f"{uri} has no price below its header")
    first = min(prices)
    bands = np.full(max(prices) - first + 1, "", "<U6")
    bands[np.array(list(prices)) - first] = list(prices.values())
    return Prices(first, bands)


def _row(line: str, place: str) -> tuple[int, str]:
    time, _, price = (part.strip() for part in line.partition(","))
    try:
        seconds = (datetime.fromisoformat(time) - datetime(1970, 1, 1)).total_seconds()
    except (ValueError, TypeError):
        raise JobError(f"{place}: {time[:80]!r} is no time such as 2013-01-01 00:30") from None
    if seconds % 1800:
        raise JobError(f"{place}: {time} is not the start of a half hour")
    if price not in PENCE:
        raise JobError(f"{place}: {price[:80]!r} is none of {', '.join(PENCE)}")
    return int(seconds // 1800), price
