"""The tasks' findings in the files that were read, by source, in the form that a version stores."""

from collections import Counter
from dataclasses import dataclass, replace

from ..common import stores
from ..common.files import Entry
from . import evidence, ranges
from .months import Written
from .quarantine_table import FIRST_LINE, Batch
from .splits import Split
from .task import Found, Report
from .version import Source


@dataclass
class Fresh:
    """The `tasks` and the findings of each; the origins of `files` refer to the numbers of `sources`."""

    tasks: list[list[Split]]
    reports: list[Report]
    sources: list[Source]
    files: list[Written]

    def stretches(self) -> list[ranges.Ranges]:
        """Returns the stretches of each split; the same times may occur in two of them."""
        return [found.stretches for report in self.reports for found in report.found]

    def windows(self) -> list[ranges.Ranges]:
        return [found.windows for report in self.reports for found in report.found]

    def quarantined(self) -> list[Batch]:
        first_lines = self.first_lines()
        return [
            Batch(report.quarantine, first_lines[number])
            for number, report in enumerate(self.reports)
            if report.quarantine
        ]

    def first_lines(self) -> list[list[int]]:
        """Returns for each task's splits the number of their first line in the file."""
        reached: dict[str, int] = {}
        numbers = []
        for task, report in zip(self.tasks, self.reports, strict=True):
            numbers.append([])
            for split, found in zip(task, report.found, strict=True):
                numbers[-1].append(reached.setdefault(split.uri, FIRST_LINE))
                reached[split.uri] += found.lines
        return numbers

    def task_of(self) -> dict[str, int]:
        """Returns the task that has written a file, by the file's URI."""
        return {file.uri: number for number, report in enumerate(self.reports) for file in report.files}


def collect(
    entries: list[tuple[Entry, Entry]], tasks: list[list[Split]], reports: list[Report], first: int
) -> Fresh:
    """`entries` are files as they are named and as executors see them; their sources' numbers begin at
    `first`.
    """
    numbers = {seen.uri: number for number, (_, seen) in enumerate(entries, first)}
    found: dict[str, list[Found]] = {seen.uri: [] for _, seen in entries}
    files = []
    for task, report in zip(tasks, reports, strict=True):
        for split, of_split in zip(task, report.found, strict=True):
            found[split.uri].append(of_split)
        for file in report.files:
            origins = tuple((numbers[task[place].uri], rows) for place, rows in file.origins)
            files.append(replace(file, origins=origins))
    sources = [_source(numbers[seen.uri], entry, seen, found[seen.uri]) for entry, seen in entries]
    return Fresh(tasks, reports, sources, files)


def _source(number: int, entry: Entry, seen: Entry, found: list[Found]) -> Source:
    reasons = sum((each.reasons for each in found), Counter())
    return Source(
        number=number,
        uri=entry.uri,
        state=entry.state,
        file=stores.spelled(seen.uri),
        rows=sum(each.rows for each in found),
        repeated=sum(each.repeated for each in found),
        reasons=dict(reasons),
        first_time=min((each.first_time for each in found if each.first_time is not None), default=None),
        last_time=max((each.last_time for each in found if each.last_time is not None), default=None),
        stretches=ranges.merge(ranges.concat([each.stretches for each in found]))[0],
        nights=evidence.concat([each.nights for each in found]),
    )
