"""Files that only the driver sees, such as those of a Docker volume, put where executors see them too."""

from collections.abc import Iterator
from contextlib import contextmanager

from ..common.files import Files
from ..common.job import Job
from .source import find, literal

# Set by platforms whose executors do not see the driver's files: a folder that they see, for nothing else.
SETTING = "spark.londonPower.staging"


@contextmanager
def seen_by_executors(job: Job, patterns: list[str]) -> Iterator[list[str]]:
    """The patterns as executors can read them. Local files are copied first where the platform asks for it.

    Copies that are there already are used, and all go once the work is done; where it fails they stay for the
    next attempt. Raises JobError as source.find does, before anything is copied.
    """
    folder = job.spark.conf.get(SETTING, None)
    if folder is None:
        yield patterns
        return
    files = Files(job.spark)
    found = [entry.uri for entry in find(files, patterns)]
    job.stage("stage the CSV files")
    yield [literal(_staged(files, uri, folder)) for uri in found]
    files.delete(folder)


def _staged(files: Files, uri: str, folder: str) -> str:
    """Where executors see the file."""
    scheme, _, path = uri.partition(":")
    if scheme != "file":
        return uri
    copy = f"{folder}/{path.lstrip('/')}"  # its whole path, since files in several folders may share a name
    files.copy(uri, copy)
    return copy
