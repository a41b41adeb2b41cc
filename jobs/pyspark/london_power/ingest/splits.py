"""Divides the input into tasks: byte ranges of plain files, and whole compressed files."""

from dataclasses import dataclass

from ..common import stores
from ..common.files import Entry

SPLIT = 128 * 1024 * 1024
_LARGEST = 4 * SPLIT
_PER_CORE = 4  # tasks, so that a slow one at the end does not keep the other cores waiting long


@dataclass(frozen=True)
class Split:
    """A byte range of a file: the lines that begin after the line feed at or after `start`, up to the one at
    or after `end`.

    The first split begins at 0, with the header. `end` is None for a compressed file, which is read whole.
    """

    uri: str
    start: int
    end: int | None


def plan(entries: list[Entry], cores: int) -> list[list[Split]]:
    """Returns the splits of each task, in the order of files and bytes.

    A task gets 128 MB, or up to 512 MB of large input: each task writes one file per month, and these should
    be few. All tasks get the same amount, regardless of file boundaries, so that no core has to wait.
    """
    total = sum(entry.size for entry in entries)
    most = min(max(SPLIT, total // (cores * _PER_CORE) + 1), _LARGEST)
    size = -(-total // max(1, -(-total // most)))
    tasks: list[list[Split]] = [[]]
    room = size
    for entry in entries:
        start = 0
        while start < entry.size:
            packed = stores.codec(entry.uri)
            if tasks[-1] and room < (entry.size if packed else 1):
                tasks.append([])
                room = size
            end = entry.size if packed else min(start + room, entry.size)
            tasks[-1].append(Split(entry.uri, start, None if packed else end))
            room -= end - start
            start = end
    return [task for task in tasks if task]
