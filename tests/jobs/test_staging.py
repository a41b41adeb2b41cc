import os
from contextlib import contextmanager
from pathlib import Path

import pytest
from london_power.common.errors import JobError
from london_power.common.files import Files
from london_power.common.lake import Lake
from london_power.ingest.staging import SETTING, seen_by_executors
from rows import COUNTS, MIXED, row


@pytest.fixture
def staging(spark, tmp_path):
    """The folder of a platform that asks for staging."""
    folder = tmp_path / "staging"
    spark.conf.set(SETTING, folder.as_uri())
    yield folder
    spark.conf.unset(SETTING)


@pytest.fixture
def staged(spark):
    class Job:
        def __init__(self):
            self.spark = spark

    @contextmanager
    def names(path: Path):
        (entry,) = Files(spark).glob(str(path))
        with seen_by_executors(Job()) as seen:
            yield entry.uri, seen.copy(entry).uri

    return names


def copies(staging: Path) -> list[Path]:
    return sorted(path for path in staging.rglob("*") if path.is_file())


def test_ingest_reads_the_copies_and_removes_them(run_job, lake, staging, write_csv, tmp_path):
    write_csv(*MIXED[:4], name="a[1].csv")
    (tmp_path / "more").mkdir()
    write_csv(*MIXED[4:], name="more/a[1].csv")
    metrics = run_job(
        *["ingest", "--lake", lake.root],
        *["--csv", tmp_path, "--csv", tmp_path / "more"],
    )
    assert metrics.items() >= COUNTS.items()
    files = {row.file for row in lake.read("quarantine").collect()}
    assert len(files) == 2
    assert all("/staging/" in file for file in files)
    assert not staging.exists()


def test_a_copy_that_is_whole_is_not_made_again(staged, staging, write_csv):
    path = write_csv(row())

    class Interrupted(Exception):
        pass

    def interrupted() -> Path:
        with pytest.raises(Interrupted), staged(path):
            raise Interrupted
        (copy,) = copies(staging)
        return copy

    copy = interrupted()
    assert copy.read_bytes() == path.read_bytes()
    marked = bytes(copy.stat().st_size)
    copy.write_bytes(marked)
    os.utime(copy, (0, path.stat().st_mtime))
    assert interrupted().read_bytes() == marked
    os.utime(copy, (0, 0))  # as when the driver was killed before it was whole
    assert interrupted().read_bytes() == path.read_bytes()
    path.write_text(path.read_text() + row(minute=30) + "\n")
    assert interrupted().read_bytes() == path.read_bytes()


def test_refuses_what_is_no_input_before_it_copies(run_job, lake, staging, write_csv):
    good, bad = write_csv(row(), name="a.csv"), write_csv(row(), name="b.csv", header="x,y")
    with pytest.raises(JobError, match=r"b\.csv has another header"):
        run_job("ingest", "--lake", lake.root, "--csv", good, "--csv", bad)
    assert copies(staging) == []


@pytest.mark.usefixtures("staging")
def test_copies_changed_files_only_wherever_the_others_are(run_job, spark, write_csv, tmp_path, monkeypatch):
    """The platform puts all files into a new folder when one has changed."""
    copied = []
    copy = Files.copy
    monkeypatch.setattr(
        Files, "copy", lambda self, uri, to: (copied.append(Path(uri).name), copy(self, uri, to))
    )

    def ingest(lake: str, folder: str, *kwh: str) -> tuple[dict, list[str]]:
        (tmp_path / folder).mkdir(exist_ok=True)
        for name, each in zip("abc", kwh, strict=True):
            write_csv(row(kwh=each), row(tariff="x"), name=f"{folder}/{name}.csv")
        copied.clear()
        root = (tmp_path / lake).as_uri()
        metrics = run_job("ingest", "--lake", root, "--csv", tmp_path / folder, run=folder)
        rows = Lake(spark, root).read("quarantine").collect()
        return metrics["increment"], sorted(map(str, rows))

    ingest("lake", "v1", "0.3", "0.2", "0.5")
    increment, rows = ingest("lake", "v2", "0.3", "0.2", "0.1")
    assert (increment["files_read"], increment["files_carried_over"]) == (1, 2)
    assert copied == ["c.csv", "b.csv"], "that which has changed, and one whose row contradicts another now"
    assert rows == ingest("whole", "v2", "0.3", "0.2", "0.1")[1]


def test_without_the_setting_the_files_are_read_where_they_are(staged, write_csv):
    with staged(write_csv(row())) as (original, name):
        assert name == original
