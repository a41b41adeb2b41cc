"""Finds the published CSV files and checks their format."""

import re
from concurrent.futures import ThreadPoolExecutor

from py4j.protocol import Py4JJavaError
from pyspark.sql import SparkSession

from ..common import stores
from ..common.errors import JobError, explain
from ..common.files import Entry, Files
from ..common.schema import CSV_HEADER

# Suffixes of the input files in a folder; not all of them can be unpacked.
_CSV_NAME = re.compile(r".*\.csv(\.(gz|bz2|deflate|zst|lz4|snappy))?", re.IGNORECASE)
_OTHER_ARCHIVE = re.compile(r".*\.(zip|7z|xz|rar|tar|tgz)", re.IGNORECASE)
_HEAD_BYTES = 16 * 1024
# The files of the publisher's archive that has all columns.
_PUBLISHED = "Power-Networks-LCL-June2015(withAcornGps)v2_*.csv"


def demand_whole(spark: SparkSession, patterns: list[str]) -> None:
    """Raises JobError for a compressed file that cannot be unpacked; Spark's own error does not name it.

    It reads all files, so it is only used after a failure.
    """
    files = Files(spark)
    for entry in _matches(files, patterns):
        try:
            if not entry.uri.lower().endswith(".csv"):
                files.read_to_end(entry.uri)
        except Py4JJavaError as error:
            raise _damaged(entry, error) from error


def find(files: Files, patterns: list[str]) -> list[Entry]:
    """Returns the files of the patterns, each once; a pattern is a file, a folder or a glob.

    Raises JobError if a pattern matches no file, if a file is empty, cannot be read or unpacked or has
    another header, and if no file has a row.
    """
    entries = _matches(files, patterns)
    with ThreadPoolExecutor(8) as pool:  # on an object store each look costs a round trip
        has_rows = list(pool.map(lambda entry: _check(files, entry), entries))
    if not any(has_rows):
        raise JobError(f"no rows in {_names(entries)}: there is nothing below the header")
    return entries


def _matches(files: Files, patterns: list[str]) -> list[Entry]:
    found: dict[str, Entry] = {}
    for pattern in patterns:
        matches = files.glob(pattern)
        if files.is_folder(pattern):  # a folder may hold a README beside its data
            matches = [entry for entry in matches if _CSV_NAME.fullmatch(entry.uri)]
        if not matches:
            raise JobError(
                f"no file matches --csv {pattern}: give a CSV file, a folder of .csv files or a glob"
            )
        found.update((entry.uri, entry) for entry in matches)
    return list(found.values())


def _check(files: Files, entry: Entry) -> bool:
    """Returns whether there is anything below a file's header. Raises JobError for any other header."""
    if entry.size == 0:
        raise JobError(
            f"{entry.uri} is empty (0 bytes): a download may have failed; fetch it again or leave it out"
        )
    if _OTHER_ARCHIVE.fullmatch(entry.uri) or not stores.unpackable(entry.uri):
        raise JobError(f"{entry.uri} is an archive that ingest cannot read: unpack it, or pack it as .csv.gz")
    if not stores.reachable(entry.uri):
        raise JobError(
            f"{entry.uri}: ingest reads {', '.join(stores.SCHEMES)} only; copy the file to one of them"
        )
    try:
        head = files.head(entry.uri, _HEAD_BYTES).decode("utf-8-sig", errors="replace")
    except Py4JJavaError as error:
        raise _damaged(entry, error) from error
    first, _, rest = head.partition("\n")
    names = [name.strip().strip('"').strip() for name in first.split(",")]
    if names != CSV_HEADER:
        missing = [name for name in CSV_HEADER if name not in names]
        raise JobError(
            f"{entry.uri} has another header: expected {','.join(CSV_HEADER)}; found {first.strip()[:300]}; "
            + (
                f"missing: {', '.join(missing)}; of the publisher's archives, take the one of {_PUBLISHED}"
                if missing
                else "the same columns in another order, or more of them"
            )
        )
    return bool(rest.strip())


def _damaged(entry: Entry, error: Py4JJavaError) -> JobError:
    why = explain(error)[1]
    return JobError(
        f"{entry.uri} cannot be unpacked ({why}): is it what its ending says, and all of it there?"
    )


def literal(uri: str) -> str:
    """Returns a pattern that matches only this URI, because Spark reads every path as a glob."""
    return re.sub(r"([\\*?\[\]{}])", r"\\\1", uri)


def _names(entries: list[Entry]) -> str:
    names = ", ".join(entry.uri for entry in entries[:3])
    return names + (f" and {len(entries) - 3} more" if len(entries) > 3 else "")
