"""Copies files that only the driver can read, such as those of a Docker volume, to a place for executors."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256

from ..common import stores
from ..common.files import Entry, Files
from ..common.job import Job

# Set by platforms whose executors cannot read the driver's files: a folder for the copies.
SETTING = "spark.londonPower.staging"
_PIECE = 1 << 20
_AT_ONCE = 4


class Seen:
    """Files that executors can read at their own place."""

    def identified(self, entries: list[Entry]) -> list[Entry]:
        """Returns the files with states by which the next run recognises them."""
        return entries

    def uri(self, entry: Entry) -> str:
        """Returns the URI of the file for executors, after it was copied."""
        return entry.uri

    def copy(self, entry: Entry) -> Entry:
        """Copies a file if necessary, and returns it as executors see it."""
        return entry


@contextmanager
def seen_by_executors(job: Job) -> Iterator[Seen]:
    """Gives executors access to files; local files are copied if the platform requires it.

    Existing copies are used. All copies are deleted when the work is done; after a failure, they stay for the
    next attempt.
    """
    folder = job.spark.conf.get(SETTING, None)
    if folder is None:
        yield Seen()
        return
    files = Files(job.spark)
    yield _Staged(files, folder)
    files.delete(folder)


class _Staged(Seen):
    """Copies of files, which are identified by content because the platform uses another folder each time."""

    def __init__(self, files: Files, folder: str):
        self._files, self._folder = files, folder

    def identified(self, entries: list[Entry]) -> list[Entry]:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            return list(pool.map(_identified, entries))

    def uri(self, entry: Entry) -> str:
        if not _is_local(entry):
            return entry.uri
        # Its whole path, since files in several folders may share a name.
        return f"{self._folder}/{entry.uri.partition(':')[2].lstrip('/')}"

    def copy(self, entry: Entry) -> Entry:
        if _is_local(entry):
            self._files.copy(entry.uri, self.uri(entry))
        return replace(entry, uri=self.uri(entry))


def _identified(entry: Entry) -> Entry:
    if not _is_local(entry):
        return entry
    digest = sha256()
    with stores.open_random(entry.uri) as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return replace(entry, state=f"sha256 {digest.hexdigest()}")


def _is_local(entry: Entry) -> bool:
    return entry.uri.startswith("file:")
