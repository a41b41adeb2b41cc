"""Files that only the driver sees, such as those of a Docker volume, put where executors see them too."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from ..common.files import Entry, Files
from ..common.job import Job

# Set by platforms whose executors do not see the driver's files: a folder that they see, for nothing else.
SETTING = "spark.londonPower.staging"


@contextmanager
def seen_by_executors(job: Job) -> Iterator[Callable[[Entry], Entry]]:
    """What names a file where executors can read it. Local files are to be copied first where the platform
    asks for it: `copy` does so.

    Copies that are there already are used, and all go once the work is done; where it fails they stay for the
    next attempt.
    """
    folder = job.spark.conf.get(SETTING, None)
    if folder is None:
        yield lambda entry: entry
        return
    files = Files(job.spark)

    def copy(entry: Entry) -> Entry:
        return replace(entry, uri=_staged(files, entry.uri, folder))

    yield copy
    files.delete(folder)


def _staged(files: Files, uri: str, folder: str) -> str:
    """Where executors see the file."""
    scheme, _, path = uri.partition(":")
    if scheme != "file":
        return uri
    copy = f"{folder}/{path.lstrip('/')}"  # its whole path, since files in several folders may share a name
    files.copy(uri, copy)
    return copy
