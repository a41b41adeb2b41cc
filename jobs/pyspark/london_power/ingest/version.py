"""The sources of the published readings, stored beside them, so that the next run reads only changed files.

Duplicates and conflicts that were not stored as readings are kept too, in files that readers do not see: they
are needed when the file of the stored row is gone.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace

import numpy as np

from ..common.errors import JobError
from ..common.lake import Lake
from . import code
from .evidence import COUNTED, Nights
from .months import Written
from .ranges import Ranges

FILE = "_version.json"
_LOST = "_lost"  # readers of Parquet pass over names that begin so


class Unusable(Exception):
    """The reason why nothing can be carried over, in words that follow "because"."""


@dataclass
class Source:
    """A CSV file that was read: `state` as in files.Entry, `file` as in the quarantine, the rest as in
    task.Found.
    """

    number: int
    uri: str
    state: str
    file: str
    rows: int
    repeated: int
    reasons: dict[str, int]
    first_time: int | None
    last_time: int | None
    stretches: Ranges
    nights: Nights


@dataclass
class Version:
    """`files` are the table's files, `lost` the files with dropped rows; `duplicates` and `conflicts` have
    their numbers by month. `quarantine` is the folder that belongs to these readings.
    """

    run: str = ""
    quarantine: str = ""
    sources: list[Source] = field(default_factory=list)
    files: list[Written] = field(default_factory=list)
    lost: list[Written] = field(default_factory=list)
    duplicates: dict[str, int] = field(default_factory=dict)
    conflicts: dict[str, int] = field(default_factory=dict)


def place(file: Written, folder: str, lost: bool) -> Written:
    """Returns the file with its name in that folder of a version."""
    name = "/".join(file.uri.rsplit("/", 2)[1:])
    if not name.startswith("month="):  # an attempt's
        name = f"month={file.month}/part-{name.rsplit('-', 1)[-1].removesuffix('.parquet')}"
        name += ".zstd" if lost else ".zstd.parquet"
    return replace(file, uri=f"{folder}/{_LOST}/{name}" if lost else f"{folder}/{name}")


def write(lake: Lake, folder: str, version: Version) -> None:
    content = json.dumps({"code": code.digest(), **asdict(version)}, default=np.ndarray.tolist)
    lake.files.write(f"{folder}/{FILE}", content.encode())


def read(lake: Lake, run: str) -> Version:
    """Reads the version of the current readings, on which the next run builds. Raises Unusable."""
    try:
        folder = lake.path("readings")
        quarantine = lake.path("quarantine")
    except JobError:
        raise Unusable("there are no earlier readings") from None
    version = _parsed(lake.files.read(f"{folder}/{FILE}"))
    if version.run == run:
        raise Unusable("the same run was asked for again")
    if version.quarantine != quarantine.rsplit("/", 1)[-1]:
        raise Unusable("the quarantine is that of another run, which did not end")
    version.files = [place(file, folder, lost=False) for file in version.files]
    version.lost = [place(file, folder, lost=True) for file in version.lost]
    there = [lake.files.glob(f"{place}/month=*") for place in (folder, f"{folder}/{_LOST}")]
    if _sizes(there[0] + there[1]) != _sizes(version.files + version.lost):
        raise Unusable(f"files of {folder} were changed")
    return version


def _parsed(content: bytes | None) -> Version:
    if content is None:
        raise Unusable("the earlier readings do not say of which files they are")
    try:
        found = json.loads(content)
        written_by = found.pop("code")
        found["sources"] = [_source(**each) for each in found["sources"]]
        for files in ("files", "lost"):
            found[files] = [Written(**each) for each in found[files]]
        version = Version(**found)
    except (ValueError, TypeError, KeyError):
        raise Unusable(f"what the earlier readings say in {FILE} cannot be understood") from None
    if written_by != code.digest():
        raise Unusable("the code of ingest has changed")
    return version


def _source(stretches: dict, nights: dict, **rest) -> Source:
    ranges = Ranges(**{name: np.array(values, np.int64) for name, values in stretches.items()})
    rows = np.array(nights["rows"], np.int64).reshape(len(nights["keys"]), COUNTED)
    return Source(
        **rest,
        stretches=ranges,
        nights=Nights(np.array(nights["keys"], np.int64), rows),
    )


def _sizes(files: Iterable) -> dict[str, int]:
    return {"/".join(file.uri.rsplit("/", 2)[1:]): file.size for file in files}
