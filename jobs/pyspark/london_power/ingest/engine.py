"""The driver's part: plans the tasks, settles what they leave open, and shows readers only what is whole.

A task writes into a folder that readers do not look into, under names that only its own attempt has, and says
at its end which files those are. Only these are moved into the table's folder, so a task that is tried again
or runs twice adds nothing, and a driver that is killed leaves the table as it was.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ..common import stamps, stores
from ..common.errors import JobError
from ..common.files import Entry
from ..common.job import Job
from ..common.lake import Lake
from . import evidence, quarantine_table, ranges, rules, second_look
from .months import Written
from .readings import Readings, concat
from .splits import Split, plan
from .task import Report, read_splits

_EPOCH = datetime(1970, 1, 1)
_UNSEEN = "_attempts"  # Spark and its kin pass over names that begin so


def to_lake(job: Job, lake: Lake, entries: list[Entry]) -> dict:
    """CSV files → the tables readings and quarantine; returns metrics.

    Raises JobError when no row is a reading; Spark's error when a task fails.
    """
    ingest = _Ingest(job, plan(entries, job.spark.sparkContext.defaultParallelism))
    with lake.staged("readings", job.arguments.run) as folder:
        ingest.fill(folder)
        job.stage("write the quarantine")
        quarantined = quarantine_table.write(lake, job, ingest.tasks, ingest.reports, ingest.quarantined)
        metrics = ingest.metrics(quarantined)
        stamps.write(lake, folder, ingest.meant)
        stores.delete(f"{folder}/{_UNSEEN}")
    lake.publish("readings", folder)
    return metrics | {"lake": folder, "quarantine": lake.path("quarantine")}


@dataclass
class _Ingest:
    job: Job
    tasks: list[list[Split]]
    reports: list[Report] = field(default_factory=list)
    files: list[Written] = field(default_factory=list)
    quarantined: list[tuple[int, str]] = field(default_factory=list)  # task, file of quarantine.SCHEMA
    reasons: Counter = field(default_factory=Counter)
    duplicates: int = 0
    nulls: int = 0
    households: int = 0
    meant: stamps.Stamps = evidence.TIE
    times: dict = field(default_factory=dict)  # what these are, and why

    def fill(self, folder: str) -> None:
        """Makes the table's files in the folder of the run."""
        unseen = f"{folder}/{_UNSEEN}"
        self.job.stage("write the readings to the lake")
        self.reports = self._run(lambda task: read_splits(task, unseen), self.tasks)
        for report in self.reports:
            self.reasons.update(report.reasons)
            self.duplicates += report.duplicates
            self.nulls += report.rows_null
            self.files += report.files
        self.quarantined = [(n, r.quarantine) for n, r in enumerate(self.reports) if r.quarantine]
        if not self.files:
            raise JobError(f"none of the {self._read()} rows is a reading; why not: {self._reasons()}")
        stretches, overlaps = ranges.merge(ranges.concat([r.stretches for r in self.reports]))
        self.households = len(stretches)
        nights = evidence.concat([report.nights for report in self.reports])
        asked = self.job.arguments
        self.meant, self.times = evidence.stamps(asked.zone, asked.label, nights, stretches)
        windows = ranges.union(ranges.concat([overlaps, *(r.windows for r in self.reports)]))
        if len(windows):
            self._look_again(windows, unseen)
        for number, file in enumerate(sorted(self.files, key=lambda file: (file.month, file.uri))):
            stores.move(file.uri, f"{folder}/month={file.month}/part-{number:05d}.zstd.parquet", file.size)

    def metrics(self, quarantined: int) -> dict:
        """The counts, once the files are known to match them."""
        stored = sum(file.rows for file in self.files)
        if self._read() != stored + quarantined + self.duplicates:
            raise RuntimeError(
                f"rows got lost: {self._read()} read, but {stored} stored, {quarantined} in quarantine and"
                f" {self.duplicates} duplicates; did the input change meanwhile?"
            )
        return {
            "rows_read": self._read(),
            "rows_quarantined": quarantined,
            "quarantine_reasons": self._reasons(),
            "rows_duplicate": self.duplicates,
            "rows_conflicting": self.reasons["conflict"],
            "rows_stored": stored,
            "rows_null": self.nulls,
            "households": self.households,
            "times": self.times,
            "first_time": _clock(min(r.first_time for r in self.reports if r.first_time is not None)),
            "last_time": _clock(max(r.last_time for r in self.reports if r.last_time is not None)),
        }

    def _look_again(self, windows: ranges.Ranges, unseen: str) -> None:
        """Takes the repetitions out that are not next to each other, in those files that may have some."""
        self.job.stage("compare repeated readings")
        suspects: dict[str, list[Written]] = {}
        for report in self.reports:
            months = ranges.months(windows, report.stretches)
            for file in report.files:
                if file.month in months:
                    suspects.setdefault(file.month, []).append(file)
        settled = self._run(
            lambda files: second_look.settle_month(files, windows, unseen), list(suspects.values())
        )
        replaced = {uri for each in settled for uri in each.replaced}
        self.files = [file for file in self.files if file.uri not in replaced]
        for each in settled:
            self.files += each.files
            self.duplicates += each.duplicates
            self.nulls -= each.nulls
        conflicts = {uri: rows for each in settled for uri, rows in each.conflicts.items()}
        if conflicts:
            self._find_conflicts(conflicts, unseen)

    def _find_conflicts(self, conflicts: dict[str, Readings], unseen: str) -> None:
        """The text of a row is only in its source, so the tasks that met it read theirs again."""
        self.job.stage("find the conflicting rows")
        looks = []
        for number, report in enumerate(self.reports):
            wanted = [conflicts[file.uri] for file in report.files if file.uri in conflicts]
            if wanted:
                looks.append((number, self.tasks[number], concat(wanted)))
        found = self._run(lambda look: (look[0], second_look.find_rows(look[1], look[2], unseen)), looks)
        self.quarantined += found
        self.reasons["conflict"] = sum(len(rows) for rows in conflicts.values())

    def _run(self, work: Callable, tasks: list) -> list:
        """Each task's result, in order."""
        return self.job.spark.sparkContext.parallelize(tasks, len(tasks)).map(work).collect()

    def _read(self) -> int:
        return sum(report.rows_read for report in self.reports)

    def _reasons(self) -> dict[str, int]:
        return {
            reason: self.reasons[reason] for reason in [*rules.REASONS, "conflict"] if self.reasons[reason]
        }


def _clock(micros: int) -> str:
    return (_EPOCH + timedelta(microseconds=micros)).isoformat(timespec="seconds")
