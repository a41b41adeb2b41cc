"""The quarantine's table: the rows from the workers, with line numbers that only the driver knows."""

# pyright: reportAttributeAccessIssue=false
# pyarrow creates the functions of its module compute when it is imported.

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..common import stores
from ..common.lake import Lake
from ..common.schema import QUARANTINE

FIRST_LINE = 2  # of a file below its header
_TEXTS = ("reason", "file", "row")
SCHEMA = pa.schema([(name, pa.string() if name in _TEXTS else pa.int64()) for name in QUARANTINE.names])


@dataclass(frozen=True)
class Batch:
    """A file of quarantine.SCHEMA, and for each split in it the number of its first line in the CSV file."""

    uri: str
    first_lines: list[int]


def write(lake: Lake, run: str, found: list[Batch], kept: Iterable[pa.Table]) -> int:
    """Writes and publishes the quarantine: the new rows, and those kept from the version before. Returns the
    number of rows. It has one row group in memory at a time.
    """

    def save(folder: str) -> None:
        with (
            stores.open_output(f"{folder}/part-00000.zstd.parquet") as file,
            pq.ParquetWriter(file, SCHEMA, compression="zstd", store_schema=False) as writer,
        ):
            for batch in found:
                for rows in _row_groups(batch.uri):
                    writer.write_table(_numbered(rows, batch.first_lines))
            for rows in kept:
                writer.write_table(rows)

    uri = lake.write("quarantine", run, save)
    with stores.open_random(f"{uri}/part-00000.zstd.parquet") as file:
        return pq.read_metadata(file).num_rows


def read(lake: Lake, files: dict[str, str], reason_is_conflict: bool) -> Iterator[pa.Table]:
    """Returns the rows of some CSV files in the current quarantine, either conflicts or all others; `files`
    maps each file to its present name.
    """
    wanted, names = (pa.array(list(each), pa.string()) for each in (files.keys(), files.values()))
    for file in lake.files.glob(lake.path("quarantine")):
        for rows in _row_groups(file.uri):
            of_files = rows.filter(pc.is_in(rows["file"], wanted))
            chosen = of_files.filter(pc.equal(pc.equal(of_files["reason"], "conflict"), reason_is_conflict))
            now = names.take(pc.index_in(chosen["file"], wanted).combine_chunks())
            yield chosen.set_column(SCHEMA.get_field_index("file"), "file", now).select(SCHEMA.names)


def _numbered(rows: pa.Table, first_lines: list[int]) -> pa.Table:
    """Replaces the number of a line in its split by its number in the file."""
    first = pa.array(first_lines, pa.int64()).take(rows["split"].combine_chunks())
    return rows.set_column(rows.column_names.index("line"), "line", pc.add(rows["line"], first)).select(
        SCHEMA.names
    )


def _row_groups(uri: str) -> Iterator[pa.Table]:
    with stores.open_random(uri) as file:
        parquet = pq.ParquetFile(file)
        for group in range(parquet.num_row_groups):
            yield parquet.read_row_group(group, use_threads=False)
