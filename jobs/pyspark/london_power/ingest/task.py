"""What one Spark task does: its splits → Parquet files, quarantined rows, and a report of both."""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from ..common import stores
from . import evidence, ranges, repeats
from .blocks import blocks
from .months import MonthFiles, Written
from .parse import parse
from .quarantine import Quarantine
from .readings import Readings
from .splits import Split


@dataclass
class Report:
    """`lines` counts the lines of each split, the header not among them; `stretches` has one for each
    household, `windows` say where a second look is due, `nights` what stands where clocks change; times in
    microseconds since 1970.
    """

    files: list[Written] = field(default_factory=list)
    quarantine: str | None = None
    lines: list[int] = field(default_factory=list)
    rows_read: int = 0
    rows_null: int = 0
    duplicates: int = 0
    reasons: Counter = field(default_factory=Counter)
    first_time: int | None = None
    last_time: int | None = None
    stretches: ranges.Ranges | None = None
    windows: ranges.Ranges | None = None
    nights: evidence.Nights | None = None


def read_splits(splits: list[Split], folder: str) -> Report:
    """Writes files into `folder` under names that no other attempt has. Adjacent duplicates are gone from
    them, others are not yet."""
    report, files = Report(), MonthFiles(folder)
    quarantine = Quarantine(folder)
    runs: list[tuple[ranges.Ranges, ranges.Ranges]] = []
    nights: list[evidence.Nights] = []
    above: Readings | None = None
    for number, split in enumerate(splits):
        line = 0
        for block in blocks(split):
            parsed = parse(block)
            for reason, at, row in parsed.bad:
                report.reasons[reason] += 1
                quarantine.add(reason, stores.spelled(split.uri), number, line + at, row)
            line += parsed.lines
            nights.append(evidence.nights(parsed.readings))
            kept = repeats.drop_adjacent(parsed.readings, above)
            report.rows_read += parsed.rows
            report.duplicates += len(parsed.readings) - len(kept)
            _note(report, kept)
            runs.append(ranges.runs(kept.household, kept.time))
            files.add(kept)
            if len(kept):
                above = kept.take(slice(len(kept) - 1, None))
        report.lines.append(line)
    report.stretches, overlaps = ranges.merge(ranges.concat([all_of for all_of, _ in runs]))
    report.windows = ranges.concat([overlaps, *(disordered for _, disordered in runs)])
    report.nights = evidence.concat(nights)
    report.files, report.quarantine = files.close(), quarantine.close()
    return report


def _note(report: Report, readings: Readings) -> None:
    if len(readings):
        first, last = int(readings.time.min()), int(readings.time.max())
        report.first_time = first if report.first_time is None else min(first, report.first_time)
        report.last_time = last if report.last_time is None else max(last, report.last_time)
        report.rows_null += int(np.count_nonzero(np.isnan(readings.kwh)))
