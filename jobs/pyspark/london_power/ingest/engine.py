"""The driver's part: plans the tasks, settles duplicates between them, and publishes only complete tables.

A task writes into a folder that readers do not look into, under names that only its own attempt uses, and
reports these files at its end. Only reported files are moved into the table's folder. A task that is tried
again or runs twice therefore adds nothing, and a killed driver leaves the table unchanged.

Unchanged CSV files are not read again: their rows are carried over from the version before.
"""

from collections.abc import Callable, Iterable
from itertools import chain

import pyarrow as pa

from ..common import stamps, stores
from ..common.errors import JobError
from ..common.files import Entry
from ..common.job import Job
from ..common.lake import Lake
from . import conflicts, counts, evidence, fresh, quarantine_table, ranges, version
from .changes import Changes, find_changes
from .fresh import Fresh
from .months import Written
from .quarantine_table import FIRST_LINE, Batch
from .readings import Readings, concat
from .second_look import Settled
from .settling import settle
from .splits import Split, plan
from .staging import Seen
from .task import read_splits
from .version import Source, Version

_UNSEEN = "_attempts"  # Spark and its kin pass over names that begin so


def to_lake(job: Job, lake: Lake, entries: list[Entry], seen: Seen) -> dict:
    """Writes CSV files to the tables readings and quarantine, and returns the metrics. `seen` gives executors
    access to the files.

    Raises JobError if no row is a reading, and Spark's error if a task fails.
    """
    ingest = _Ingest(job, lake, entries, seen, find_changes(lake, job.arguments.run, entries, seen))
    with lake.staged("readings", job.arguments.run) as folder:
        metrics = ingest.fill(folder)
        stores.delete(f"{folder}/{_UNSEEN}")
    lake.publish("readings", folder)
    return metrics | {"lake": folder, "quarantine": lake.path("quarantine")}


class _Ingest:
    def __init__(self, job: Job, lake: Lake, entries: list[Entry], seen: Seen, changes: Changes):
        self.job, self.lake, self.entries, self.seen, self.changes = job, lake, entries, seen, changes

    def fill(self, folder: str) -> dict:
        """Creates the table's files in the folder of the run; returns the metrics."""
        unseen, asked, before = f"{folder}/{_UNSEEN}", self.job.arguments, self.changes.before
        new = self._read_fresh(unseen)
        by_uri = {source.uri: source for source in self.changes.kept + new.sources}
        sources = [by_uri[entry.uri] for entry in self.entries]
        if not counts.readings(sources):
            rows, why = sum(source.rows for source in sources), counts.reasons(sources)
            raise JobError(f"none of the {rows} rows is a reading; why not: {why}")
        stretches, overlaps = ranges.merge(
            ranges.concat([*(source.stretches for source in self.changes.kept), *new.stretches()])
        )
        nights = evidence.concat([source.nights for source in sources])
        meant, times = evidence.stamps(asked.zone, asked.label, nights, stretches)
        touched = self.changes.touched_before() | {file.month for file in new.files}
        windows = ranges.union(ranges.concat([overlaps, *new.windows()]))
        self.job.stage("compare repeated readings")
        found = settle(self._run, before, new.files, sources, touched, windows, unseen)
        self.job.stage("write the quarantine")
        quarantined = self._quarantine(new, found.settled, touched, unseen)
        done = Version(
            run=asked.run,
            quarantine=self.lake.path("quarantine").rsplit("/", 1)[-1],
            sources=sources,
            files=self._place(found.files, folder, lost=False),
            lost=self._place(found.lost, folder, lost=True),
            duplicates=before.duplicates | {each.month: each.duplicates for each in found.settled},
            conflicts=before.conflicts
            | {each.month: sum(len(rows) for *_, rows in each.conflicts) for each in found.settled},
        )
        metrics = counts.metrics(done, quarantined)
        stamps.write(self.lake, folder, meant)
        version.write(self.lake, folder, done)
        return metrics | {
            "households": len(stretches),
            "times": times,
            "increment": self.changes.told(len(self.entries), touched),
        }

    def _read_fresh(self, unseen: str) -> Fresh:
        self.job.stage(self.changes.stage(len(self.entries)))
        entries = [(entry, self.seen.copy(entry)) for entry in self.changes.fresh]
        tasks = plan([seen for _, seen in entries], self.job.spark.sparkContext.defaultParallelism)
        reports = self._run(lambda task: read_splits(task, unseen), tasks)
        first = 1 + max((source.number for source in self.changes.before.sources), default=-1)
        return fresh.collect(entries, tasks, reports, first)

    def _place(self, files: list[Written], folder: str, lost: bool) -> list[Written]:
        """Moves the files of attempts to the readers' folder, and carries over the files that stay."""
        names = [(file, version.place(file, folder, lost)) for file in files]
        stay = [(file.uri, placed.uri) for file, placed in names if f"/{_UNSEEN}/" not in file.uri]
        self.lake.files.carry_over(stay)
        for file, placed in names:
            if f"/{_UNSEEN}/" in file.uri:
                stores.move(file.uri, placed.uri, file.size)
        return [placed for _, placed in names]

    def _quarantine(self, new: Fresh, settled: list[Settled], touched: set[str], unseen: str) -> int:
        """Writes the quarantine, and returns its number of rows. The text of a row is only in its source, so
        tasks read the files with conflicts again."""
        task_of, first_lines = new.task_of(), new.first_lines()
        of_task: dict[int, list[Readings]] = {}
        of_source: dict[int, list[Readings]] = {}
        for uri, source, readings in (each for month in settled for each in month.conflicts):
            if uri in task_of:
                of_task.setdefault(task_of[uri], []).append(readings)
            else:
                of_source.setdefault(source, []).append(readings)
        looks = [(new.tasks[n], first_lines[n], concat(wanted)) for n, wanted in of_task.items()]
        kept: Iterable[pa.Table] = []
        if self.changes.kept:
            files = {source.file: source for source in self.changes.kept}
            before = quarantine_table.read(self.lake, self.changes.renamed, reason_is_conflict=True)
            wanted = {file: concat(of_source[s.number]) for file, s in files.items() if s.number in of_source}
            stay, more = conflicts.still_true(before, wanted, touched)
            looks += [([self._whole(files[file])], [FIRST_LINE], rows) for file, rows in more.items()]
            others = quarantine_table.read(self.lake, self.changes.renamed, reason_is_conflict=False)
            kept = chain(others, [pa.Table.from_pylist(stay, quarantine_table.SCHEMA)])
        found = self._run(lambda look: (look[1], conflicts.find_rows(look[0], look[2], unseen)), looks)
        batches = new.quarantined() + [Batch(uri, first_lines) for first_lines, uri in found]
        return quarantine_table.write(self.lake, self.job.arguments.run, batches, kept)

    def _whole(self, source: Source) -> Split:
        entry = self.seen.copy(next(entry for entry in self.entries if entry.uri == source.uri))
        return Split(entry.uri, 0, None if stores.codec(entry.uri) else entry.size)

    def _run(self, work: Callable, tasks: list) -> list:
        """Returns each task's result, in order."""
        return _on_spark(self.job, work, tasks) if tasks else []


def _on_spark(job: Job, work: Callable, tasks: list) -> list:
    return job.spark.sparkContext.parallelize(tasks, len(tasks)).map(work).collect()
