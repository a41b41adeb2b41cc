"""The files of a table of readings."""

from ..common import stores
from ..common.errors import JobError
from ..common.files import Files


def files_of(files: Files, uri: str) -> list[str]:
    """The Parquet files under a folder, or those of a pattern. Raises JobError where Spark's Python workers
    cannot reach them, or there is none.
    """
    if not stores.reachable(uri):
        raise JobError(f"{uri}: only files of file://, hdfs:// and gs:// can be read")
    found = {entry.uri for pattern in (uri, f"{uri}/*") for entry in files.glob(pattern)}
    if not (parquet := sorted(each for each in found if each.endswith(".parquet"))):
        raise JobError(f"{uri} holds no Parquet file")
    return parquet
