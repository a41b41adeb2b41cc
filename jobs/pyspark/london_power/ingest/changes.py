"""The changes since the version that readers see: the files whose rows stay, and those to be read."""

from dataclasses import dataclass, field, replace

from ..common import stores
from ..common.files import Entry
from ..common.lake import Lake
from . import version
from .staging import Seen
from .version import Source, Unusable, Version


@dataclass
class Changes:
    """`before` is the earlier version, empty if everything is read again; `why` then has the reason. `kept`
    sources are unchanged, with their present names; `gone` sources were removed or changed. `renamed` maps
    the name of each kept file in the earlier quarantine to its present name.
    """

    before: Version
    kept: list[Source]
    gone: list[Source]
    fresh: list[Entry]
    why: str | None
    renamed: dict[str, str] = field(default_factory=dict)

    def stage(self, files: int) -> str:
        """Describes what will be read, in a few words."""
        if self.why:
            return f"read all files, since {self.why}"
        return f"read {len(self.fresh)} of {files} files"

    def told(self, files: int, touched: set[str]) -> dict:
        """Returns the same for the metrics, with the months that were written."""
        return {
            "files_read": len(self.fresh),
            "files_carried_over": files - len(self.fresh),
            "files_gone": len(self.gone),
            "months_written": sorted(touched),
            "read_everything_because": self.why,
        }

    def touched_before(self) -> set[str]:
        """Returns the months with rows of sources that are gone."""
        numbers = {source.number for source in self.gone}
        return {
            file.month
            for file in self.before.files + self.before.lost
            if any(number in numbers for number, _ in file.origins)
        }


def find_changes(lake: Lake, run: str, entries: list[Entry], seen: Seen) -> Changes:
    try:
        before = version.read(lake, run)
        return _compare(before, entries, seen)
    except Unusable as unusable:
        return Changes(Version(), [], [], entries, str(unusable))


def _compare(before: Version, entries: list[Entry], seen: Seen) -> Changes:
    known: dict[str, list[Source]] = {}
    for source in before.sources:
        known.setdefault(source.state, []).append(source)
    same = [(entry, known[entry.state].pop(0)) for entry in entries if known.get(entry.state)]
    if not same:
        raise Unusable("none of the files is as it was")
    numbers = [source.number for _, source in same]
    if numbers != [source.number for source in before.sources if source.number in numbers]:
        raise Unusable("the files are in another order")
    kept = [replace(source, uri=entry.uri, file=stores.spelled(seen.uri(entry))) for entry, source in same]
    there = {entry.uri for entry, _ in same}
    return Changes(
        before,
        kept,
        gone=[source for source in before.sources if source.number not in numbers],
        fresh=[entry for entry in entries if entry.uri not in there],
        why=None,
        renamed={source.file: now.file for (_, source), now in zip(same, kept, strict=True)},
    )
