"""The meaning of the readings' times: their time zone, and whether a time is the start or the end of its half
hour. Ingest finds it out, and stores it beside the readings.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .calendar import change_days
from .errors import JobError
from .lake import Lake

GMT, LONDON = "GMT", "Europe/London"
ZONES = [GMT, LONDON]
START, END = "start", "end"
LABELS = [START, END]
HALF_HOURS = 48  # of a day
HALF_HOUR_MICROS = 1_800_000_000

FILE = "_stamps.json"  # in the folder of the readings; readers of Parquet pass over names that begin so


@dataclass(frozen=True)
class Stamps:
    """`zone` is one of ZONES, `label` one of LABELS."""

    zone: str
    label: str

    def local_starts(self, half_hour: NDArray[Any]) -> NDArray[Any]:
        """Converts stored half hours since 1970 to the starts of the half hours by London's clock.

        If the stored times are London's and name the end, the half hour in which the clocks go forward gets
        a start that does not exist on the clock: once a year.
        """
        starts = half_hour - (self.label == END)
        if self.zone == LONDON or not len(starts):
            return starts
        first, last = np.searchsorted(_CHANGES, [starts.min(), starts.max()], side="right")
        if first == last:
            return starts + 2 * (first % 2)
        return starts + 2 * (np.searchsorted(_CHANGES, starts, side="right") % 2)


def write(lake: Lake, folder: str, stamps: Stamps) -> None:
    lake.files.write(f"{folder}/{FILE}", (json.dumps(asdict(stamps)) + "\n").encode())


def read(lake: Lake) -> Stamps:
    """Reads the stamps of the current readings. Raises JobError if there are none, or only older ones."""
    folder = lake.path("readings")
    content = lake.files.read(f"{folder}/{FILE}")
    if content is None:
        raise JobError(f"{folder} does not define the meaning of its times: run ingest again")
    return Stamps(**json.loads(content))


# Half hours since 1970 in GMT: summer time begins at the first, ends at the second, and so on.
_CHANGES = np.sort(np.concatenate([change_days(3), change_days(10)])) * HALF_HOURS + 2
