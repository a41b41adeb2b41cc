"""Collects rows for the quarantine on a worker."""

import uuid

import pyarrow as pa
import pyarrow.parquet as pq

from ..common import stores

_BATCH = 100_000  # rows held in memory
_CHARACTERS = 32 * 1024 * 1024  # in them: a row may be as long as blocks.LONGEST_LINE
# `split` is the index among the task's splits; `line` counts from 0 within the split. The driver knows the
# line of the file when all tasks have counted their lines.
SCHEMA = pa.schema(
    [
        ("reason", pa.string()),
        ("file", pa.string()),
        ("row", pa.string()),
        ("split", pa.int32()),
        ("line", pa.int64()),
    ]
)


class Quarantine:
    """A Parquet file that is created with its first row."""

    def __init__(self, folder: str):
        self._uri = f"{folder}/quarantine-{uuid.uuid4().hex}.parquet"
        self._rows: list[tuple] = []
        self._characters = 0
        self._writer: pq.ParquetWriter | None = None
        self._file: pa.NativeFile | None = None

    def add(self, reason: str, file: str, split: int, line: int, row: str) -> None:
        self._rows.append((reason, file, row, split, line))
        self._characters += len(row)
        if len(self._rows) >= _BATCH or self._characters >= _CHARACTERS:
            self._flush()

    def close(self) -> str | None:
        """Returns the file's URI; None if no row was added."""
        if self._rows:
            self._flush()
        if self._writer is None or self._file is None:
            return None
        self._writer.close()
        self._file.close()
        return self._uri

    def _flush(self) -> None:
        if self._writer is None:
            self._file = stores.open_output(self._uri)
            self._writer = pq.ParquetWriter(self._file, SCHEMA, compression="zstd", store_schema=False)
        columns = [list(column) for column in zip(*self._rows, strict=True)]
        arrays = [pa.array(column, part.type) for column, part in zip(columns, SCHEMA, strict=True)]
        self._writer.write_table(pa.table(arrays, SCHEMA))
        self._rows, self._characters = [], 0
