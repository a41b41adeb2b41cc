"""What has changed since the version that readers see: the rows of which files stay, which must be read."""

from dataclasses import dataclass

from ..common.files import Entry
from ..common.lake import Lake
from . import version
from .version import Source, Unusable, Version


@dataclass
class Changes:
    """`before` is the version to go on from, an empty one where everything is read; then `why` says for what
    reason. `kept` sources are as they were, `gone` ones were removed or changed.
    """

    before: Version
    kept: list[Source]
    gone: list[Source]
    fresh: list[Entry]
    why: str | None

    def stage(self, files: int) -> str:
        """What is about to be read, in a few words."""
        if self.why:
            return f"read all files, since {self.why}"
        return f"read {len(self.fresh)} of {files} files"

    def told(self, files: int, touched: set[str]) -> dict:
        """The same for the metrics, with the months that were written."""
        return {
            "files_read": len(self.fresh),
            "files_carried_over": files - len(self.fresh),
            "files_gone": len({source.uri for source in self.gone} - {entry.uri for entry in self.fresh}),
            "months_written": sorted(touched),
            "read_everything_because": self.why,
        }

    def touched_before(self) -> set[str]:
        """The months that hold rows of sources that are gone."""
        numbers = {source.number for source in self.gone}
        return {
            file.month
            for file in self.before.files + self.before.lost
            if any(number in numbers for number, _ in file.origins)
        }


def find_changes(lake: Lake, run: str, entries: list[Entry]) -> Changes:
    try:
        before = version.read(lake, run)
        return _compare(before, entries)
    except Unusable as unusable:
        return Changes(Version(), [], [], entries, str(unusable))


def _compare(before: Version, entries: list[Entry]) -> Changes:
    there = {(entry.uri, entry.state) for entry in entries}
    kept = [source for source in before.sources if (source.uri, source.state) in there]
    if not kept:
        raise Unusable("none of the files is as it was")
    same = {source.uri for source in kept}
    if [entry.uri for entry in entries if entry.uri in same] != [source.uri for source in kept]:
        raise Unusable("the files are in another order")
    gone = [source for source in before.sources if source.uri not in same]
    fresh = [entry for entry in entries if entry.uri not in same]
    return Changes(before, kept, gone, fresh, None)
