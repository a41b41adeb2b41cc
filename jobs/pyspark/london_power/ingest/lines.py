"""The lines of a block. For speed, they are inspected one by one only if something is unusual."""

import csv
from io import StringIO

import numpy as np

_UNIT = "\x1f"  # separates the columns of a block that had quotes in it; no CSV of readings holds one
_COLUMNS = 6
_FEED = ord("\n")
_PIECE = 64 * 1024

# Python's own limit of 128 KiB would end the job at a longer value, which is for the rules to judge. How long
# a line can be, blocks.LONGEST_LINE says.
csv.field_size_limit(2**31 - 1)


def count(block: bytes) -> int:
    """Returns the number of lines in a block; the last may lack its line feed."""
    data = np.frombuffer(block, np.uint8)
    feeds = sum(
        np.count_nonzero(data[at : at + _PIECE] == _FEED) for at in range(0, len(data), _PIECE)
    )  # in pieces that fit the processor's cache: thrice as fast as in one
    return int(feeds) + (len(block) > 0 and block[-1] != ord("\n"))


def unquoted(block: bytes) -> tuple[bytes, str]:
    """Returns the block without quotes around values, and the separator of its columns.

    It works line by line, because an unclosed quote must not include the following lines. A value in quotes
    may contain a comma, so the separator is then another character.
    """
    if b'"' not in block:
        return block, ","
    out = []
    for line in block.split(b"\n"):
        if b'"' in line:
            text = line.decode("utf-8", errors="surrogateescape")
            (values,) = csv.reader(StringIO(text, newline="\n"))
            out.append(_UNIT.join(values).encode("utf-8", errors="surrogateescape"))
        else:
            out.append(line.replace(b",", _UNIT.encode()))
    return b"\n".join(out), _UNIT


def rows(block: bytes, delimiter: str) -> tuple[np.ndarray, np.ndarray]:
    """Returns the numbers of the lines with six columns, and of the others. Blank lines are not rows."""
    data = np.frombuffer(block, np.uint8)
    starts, ends = _bounds(data)
    separators = np.flatnonzero(data == ord(delimiter))
    columns = np.searchsorted(separators, ends) - np.searchsorted(separators, starts) + 1
    whole = columns == _COLUMNS
    broken = np.flatnonzero(~whole)
    filled = [not _blank(block[starts[at] : ends[at]]) for at in broken]
    return np.flatnonzero(whole), broken[np.array(filled, bool)]


def texts(block: bytes, numbers: np.ndarray, delimiter: str = ",") -> list[str]:
    """Returns the text of each of these lines."""
    starts, ends = _bounds(np.frombuffer(block, np.uint8))
    found = [block[starts[at] : ends[at]].decode("utf-8", errors="replace") for at in numbers]
    return [line.replace(delimiter, ",") for line in found]


def _bounds(data: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    feeds = np.flatnonzero(data == ord("\n"))
    last = [] if len(data) == 0 or data[-1] == ord("\n") else [len(data)]
    ends = np.concatenate([feeds, np.array(last, np.int64)])
    return np.concatenate([[0], ends[:-1] + 1]).astype(np.int64)[: len(ends)], ends


def _blank(line: bytes) -> bool:
    return not line.strip()  # of white space alone; NUL characters, say, are a row that is none
