"""Cuts the input into tasks: byte ranges of plain files, packed files whole."""

from dataclasses import dataclass
from itertools import pairwise

from ..files import Entry
from . import stores

SPLIT = 128 * 1024 * 1024
_LARGEST = 4 * SPLIT
_PER_CORE = 4  # tasks, so that a slow one at the end does not keep the other cores waiting long


@dataclass(frozen=True)
class Split:
    """Bytes of a file: the lines that begin after `start`'s line feed and up to the one at or after `end`.

    The first split begins at 0, with the header. `end` is None for a packed file, which is read whole.
    """

    uri: str
    start: int
    end: int | None


def plan(entries: list[Entry], cores: int) -> list[list[Split]]:
    """The splits of each task, in the order of files and bytes.

    A task gets 128 MB, or more of large input up to 512 MB: each task writes a file a month, and these should
    be few. Small files share a task.
    """
    total = sum(entry.size for entry in entries)
    size = min(max(SPLIT, total // (cores * _PER_CORE) + 1), _LARGEST)
    tasks: list[list[Split]] = [[]]
    room = size
    for entry in entries:
        for split, weight in _split(entry, size):
            if room < weight and tasks[-1]:
                tasks.append([])
                room = size
            tasks[-1].append(split)
            room -= weight
    return [task for task in tasks if task]


def _split(entry: Entry, size: int) -> list[tuple[Split, int]]:
    if stores.codec(entry.uri):
        return [(Split(entry.uri, 0, None), entry.size)]
    count = -(-entry.size // size)
    edges = [entry.size * i // count for i in range(count + 1)]
    return [(Split(entry.uri, a, b), b - a) for a, b in pairwise(edges)]
