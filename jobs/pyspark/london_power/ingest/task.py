"""The work of a Spark task: it reads its splits, and writes Parquet files, quarantined rows and a report."""

from collections import Counter
from dataclasses import dataclass, field

from ..common import stores
from . import evidence, ranges, repeats
from .blocks import blocks
from .months import MonthFiles, Written
from .parse import parse
from .quarantine import Quarantine
from .readings import Readings
from .splits import Split


@dataclass
class Found:
    """The findings in a split. `lines` counts its lines without the header, `repeated` the rows equal to the
    row above; `stretches` has one stretch per household, `windows` the times that have to be compared again,
    `nights` the rows around changes of the clocks. Times are in microseconds since 1970.
    """

    lines: int = 0
    rows: int = 0
    repeated: int = 0
    reasons: Counter = field(default_factory=Counter)
    first_time: int | None = None
    last_time: int | None = None
    stretches: ranges.Ranges = field(default_factory=lambda: ranges.concat([]))
    windows: ranges.Ranges = field(default_factory=lambda: ranges.concat([]))
    nights: evidence.Nights = field(default_factory=lambda: evidence.concat([]))


@dataclass
class Report:
    """The findings in each split. The sources of the files are the indices of the splits in the task."""

    found: list[Found]
    files: list[Written]
    quarantine: str | None


def read_splits(splits: list[Split], folder: str) -> Report:
    """Writes files into `folder` under names that no other attempt uses. They have no adjacent duplicates,
    but may have others."""
    files, quarantine = MonthFiles(folder), Quarantine(folder)
    found = [_read(split, number, files, quarantine) for number, split in enumerate(splits)]
    return Report(found, files.close(), quarantine.close())


def _read(split: Split, number: int, files: MonthFiles, quarantine: Quarantine) -> Found:
    found = Found()
    runs: list[tuple[ranges.Ranges, ranges.Ranges]] = []
    nights: list[evidence.Nights] = []
    above: Readings | None = None
    for block in blocks(split):
        parsed = parse(block)
        for reason, at, row in parsed.bad:
            found.reasons[reason] += 1
            quarantine.add(reason, stores.spelled(split.uri), number, found.lines + at, row)
        nights.append(evidence.nights(parsed.readings))
        kept = repeats.drop_adjacent(parsed.readings, above)
        found.lines += parsed.lines
        found.rows += parsed.rows
        found.repeated += len(parsed.readings) - len(kept)
        runs.append(ranges.runs(kept.household, kept.time))
        files.add(kept, number)
        if len(kept):
            above = kept.take(slice(len(kept) - 1, None))
            first, last = int(kept.time.min()), int(kept.time.max())
            found.first_time = first if found.first_time is None else min(first, found.first_time)
            found.last_time = last if found.last_time is None else max(last, found.last_time)
    found.stretches, overlaps = ranges.merge(ranges.concat([all_of for all_of, _ in runs]))
    found.windows = ranges.concat([overlaps, *(disordered for _, disordered in runs)])
    found.nights = evidence.concat(nights)
    return found
