"""Reads a split in blocks of whole lines."""

from collections.abc import Iterator

import pyarrow as pa

from ..common import stores
from .splits import Split

BLOCK = 16 * 1024 * 1024
_PIECE = 64 * 1024
# The length that is kept of a line that fills whole blocks. It is not a reading, and its beginning is enough
# for the quarantine. A file without line ends must not fill the memory.
LONGEST_LINE = 16 * 1024 * 1024


def blocks(split: Split) -> Iterator[bytes]:
    """Yields the lines of the split in blocks of whole lines, without the file's header.

    All line ends become line feeds. Carriage returns count as line ends, as for Hadoop's reader.
    """
    with stores.open_input(split.uri) as file:
        left = None
        if split.end is not None:
            begin = _line_start(file, split.start)
            left = _line_start(file, split.end) - begin
            file.seek(begin)
        header, rest, data = split.start == 0, b"", b"\n"
        while data:
            data = file.read(BLOCK if left is None else min(BLOCK, left))
            left = None if left is None else left - len(data)
            end = data.rfind(b"\n") + 1
            if not end:  # not at a carriage return that is the last byte: a line feed may follow it
                end = data.rfind(b"\r", 0, max(len(data) - 1, 0)) + 1
            if data and not end:  # a line longer than a block
                rest = (rest + data)[:LONGEST_LINE]
                continue
            lines, rest = b"".join((rest, memoryview(data)[:end])), data[end:]
            if header and lines:
                lines, header = lines.partition(b"\n")[2], False
            if lines:
                yield _with_feeds(lines)


def _line_start(file: pa.NativeFile, position: int) -> int:
    """Returns where the first line begins at `position` or later; the splits on both sides use the same."""
    if position == 0:
        return 0
    at = position - 1
    file.seek(at)
    while piece := file.read(_PIECE):
        found = piece.find(b"\n")
        if found >= 0:
            return at + found + 1
        at += len(piece)
    return at


def _with_feeds(lines: bytes) -> bytes:
    return lines.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in lines else lines
