"""Files that only the driver sees, such as those of a Docker volume, put where executors see them too."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256

from ..common import stores
from ..common.files import Entry, Files
from ..common.job import Job

# Set by platforms whose executors do not see the driver's files: a folder that they see, for nothing else.
SETTING = "spark.londonPower.staging"
_PIECE = 1 << 20
_AT_ONCE = 4


class Seen:
    """Files that executors see where they are."""

    def identified(self, entries: list[Entry]) -> list[Entry]:
        """The files with states by which the next run knows them again."""
        return entries

    def uri(self, entry: Entry) -> str:
        """Where executors see the file, once it is copied."""
        return entry.uri

    def copy(self, entry: Entry) -> Entry:
        """The file as executors see it; only those that are read have to be copied."""
        return entry


@contextmanager
def seen_by_executors(job: Job) -> Iterator[Seen]:
    """How executors see files. Where the platform asks for it, local ones are copied.

    Copies that are there already are used, and all go once the work is done; where it fails they stay for the
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
    """Such a platform puts its files into another folder each time, so they are known by their content."""

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
