"""Counts the rows of all files: the metrics of a version, and the check that no row was lost."""

from collections import Counter
from datetime import datetime, timedelta

from . import rules
from .version import Source, Version

_EPOCH = datetime(1970, 1, 1)


def readings(sources: list[Source]) -> int:
    """Returns the number of valid rows, including duplicates and conflicts."""
    return sum(source.rows - sum(source.reasons.values()) for source in sources)


def reasons(sources: list[Source], conflicts: int = 0) -> dict[str, int]:
    found = sum((Counter(source.reasons) for source in sources), Counter({"conflict": conflicts}))
    return {reason: found[reason] for reason in [*rules.REASONS, "conflict"] if found[reason]}


def metrics(version: Version, quarantined: int) -> dict:
    """Returns the counts, after a check that the files match them."""
    read = sum(source.rows for source in version.sources)
    stored = sum(file.rows for file in version.files)
    duplicates = sum(source.repeated for source in version.sources) + sum(version.duplicates.values())
    if read != stored + quarantined + duplicates:
        raise RuntimeError(
            f"rows got lost: {read} read, but {stored} stored, {quarantined} in quarantine and"
            f" {duplicates} duplicates; did the input change meanwhile?"
        )
    conflicts = sum(version.conflicts.values())
    return {
        "rows_read": read,
        "rows_quarantined": quarantined,
        "quarantine_reasons": reasons(version.sources, conflicts),
        "rows_duplicate": duplicates,
        "rows_conflicting": conflicts,
        "rows_stored": stored,
        "rows_null": sum(file.nulls for file in version.files),
        "first_time": _clock(min(s.first_time for s in version.sources if s.first_time is not None)),
        "last_time": _clock(max(s.last_time for s in version.sources if s.last_time is not None)),
    }


def _clock(micros: int) -> str:
    return (_EPOCH + timedelta(microseconds=micros)).isoformat(timespec="seconds")
