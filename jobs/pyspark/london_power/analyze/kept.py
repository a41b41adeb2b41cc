"""The partial results of each file of the readings, kept so that the next run reduces only new files.

    <lake>/partials/run=<run of the readings>/_key              the code, stamps and prices they depend on,
                                                                and the readings
    <lake>/partials/run=<run of the readings>/<month>-<file>    those of a file, as numpy's npz

Ingest gives a file that it writes a name that its month has not had, and never changes it, so that month and
name stand for a content.
"""

import hashlib
import io
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from zipfile import BadZipFile

import numpy as np

from ..common import stores
from ..common.code import digest_of
from ..common.errors import JobError
from ..common.files import Entry
from ..common.lake import Lake
from ..common.stamps import Stamps
from .kernel import reduce_file
from .partials import Sums
from .prices import Schedule

_TABLE, _KEY = "partials", "_key"

Partial = tuple[Sums, Sums, np.ndarray, Sums, Sums]
_SUMS = ("days", "spans", "demand", "prices")


@dataclass(frozen=True)
class Kept:
    """Where partial results are: those of `before` by their files' names, and `folder` for all of now."""

    folder: str
    stamps: Stamps
    schedule: Schedule
    before: dict[str, str] = field(default_factory=dict)

    def of(self, uri: str) -> Partial:
        """The partial results of a file of readings; reduces it where none are kept that can be read."""
        name = _name(uri)
        found = _read(self.before[name]) if name in self.before else None
        if found is None:
            found = reduce_file(uri, self.stamps, self.schedule)
            _write(f"{self.folder}/{name}", found)
        return found


@contextmanager
def kept(lake: Lake, files: list[Entry], stamps: Stamps, schedule: Schedule) -> Iterator[Kept]:
    """Those that can be used for these files; shows the new ones once the block has ended."""
    readings = lake.path("readings").rsplit("/run=", 1)[-1]
    prices = hashlib.sha256(schedule.cells.tobytes()).hexdigest()
    depends = {"code": digest_of("common", "analyze"), "prices": [schedule.first, prices], **asdict(stamps)}
    key = json.dumps(depends).encode()
    before = _usable(lake, readings, key)
    with lake.staged(_TABLE, readings) as folder:
        yield Kept(folder, stamps, schedule, before)
        there = {uri.rsplit("/", 1)[-1] for uri in lake.files.under(folder)}
        names = {_name(file.uri) for file in files} - there
        lake.files.carry_over([(before[name], f"{folder}/{name}") for name in sorted(names)])
        lake.files.write(f"{folder}/{_KEY}", key + b"\n" + readings.encode())
    lake.publish(_TABLE, folder)


def _usable(lake: Lake, readings: str, key: bytes) -> dict[str, str]:
    """None of those that were made of the same readings: who asks again wants all of it done again."""
    try:
        folder = lake.path(_TABLE)
    except JobError:
        return {}
    same, _, of = (lake.files.read(f"{folder}/{_KEY}") or b"").partition(b"\n")
    if same != key or of == readings.encode():
        return {}
    return {uri.rsplit("/", 1)[-1]: uri for uri in lake.files.under(folder)}


def _name(uri: str) -> str:
    """That of a file's partial results."""
    return "-".join(uri.rsplit("/", 2)[1:])


def _write(uri: str, partial: Partial) -> None:
    days, spans, profile, demand, prices = partial
    content = io.BytesIO()
    sums = dict(zip(_SUMS, (days, spans, demand, prices), strict=True))
    arrays = {f"{name}_{part}": array for name, each in sums.items() for part, array in vars(each).items()}
    np.savez(content, profile=profile, **arrays)
    attempt = f"{uri}-{uuid.uuid4().hex}"  # another attempt at the task may write the same
    with stores.open_output(attempt) as file:
        file.write(content.getbuffer())
    stores.move(attempt, uri, content.getbuffer().nbytes)


def _read(uri: str) -> Partial | None:
    """None where the file is not whole."""
    try:
        with stores.open_random(uri) as file, np.load(io.BytesIO(file.read())) as arrays:
            days, spans, demand, prices = (
                Sums(arrays[f"{name}_keys"], arrays[f"{name}_values"]) for name in _SUMS
            )
            return days, spans, arrays["profile"], demand, prices
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None
