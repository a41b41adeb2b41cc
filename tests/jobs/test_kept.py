"""Analysis reduces only the files of the lake that are new, and answers as if it had reduced them all."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from london_power.analyze import analysis
from london_power.analyze.prices import NO_SCHEDULE, Schedule, schedule_of
from london_power.common.lake import Lake
from rows import row


@pytest.fixture
def answered(spark, run_job, lake, folder, tmp_path):
    """answered(run): the inodes of the partial results, once the answers are those on a new lake."""
    job = SimpleNamespace(spark=spark, stage=lambda _text: None)

    def run(name: str, *arguments: str, schedule: Schedule = NO_SCHEDULE) -> dict[str, int]:
        whole = Lake(spark, (tmp_path / f"whole-{name}").as_uri())
        for each in (lake, whole):
            run_job("ingest", "--csv", folder, "--lake", each.root, *arguments, run=name)
        assert analysis.answers(job, lake, schedule) == analysis.answers(job, whole, schedule)
        return inodes(lake)

    return run


def inodes(lake: Lake) -> dict[str, int]:
    path = Path(lake.path("partials").removeprefix("file://"))
    return {file.name: file.stat().st_ino for file in path.iterdir() if file.name != "_key"}


def write_month(write_csv, month: str, *kwh: str) -> None:
    rows = (row(home, kwh=each).replace("-01-", f"-{month}-") for home, each in enumerate(kwh, 2))
    write_csv(*rows, name=f"csv/{month}.csv")


def test_reduces_all_files_whenever_it_is_asked_again_of_the_same_readings(
    spark, run_job, lake, folder, write_csv
):
    write_month(write_csv, "01", "0.1", "0.2", "0.3")
    run_job("ingest", "--csv", folder, "--lake", lake.root)
    before: dict[str, int] = {}
    for _ in range(3):
        analysis.answers(SimpleNamespace(spark=spark, stage=lambda _text: None), lake, NO_SCHEDULE)
        now = inodes(lake)
        assert now.keys() >= before.keys() and not now.items() & before.items()
        before = now


def test_reduces_only_the_files_of_months_that_changed(answered, write_csv, folder, lake):
    for month in ("01", "02", "03"):
        write_month(write_csv, month, "0.1", "0.2", "0.3")
    first = answered("a")
    assert len(first) == 3
    write_month(write_csv, "02", "0.4", "Null", "0.5")
    (folder / "03.csv").unlink()
    write_month(write_csv, "04", "0.6")
    second = answered("b")
    assert len(second) == 3
    assert len(first.items() & second.items()) == 1, "that of January"

    broken = Path(lake.path("partials").removeprefix("file://")) / next(iter(first.keys() & second.keys()))
    broken.write_bytes(broken.read_bytes()[:100])
    write_month(write_csv, "05", "0.7")
    third = answered("c")
    assert len(second.items() & third.items()) == 2, "all but the one that was not whole"
    fourth = answered("d", "--label", "start")
    assert not fourth.items() & third.items(), "what times mean is part of each"
    prices = schedule_of("TariffDateTime,Tariff\n2013-01-01 00:00,High", "prices.csv")
    write_month(write_csv, "06", "0.8")
    fifth = answered("e", "--label", "start", schedule=prices)
    assert not fifth.items() & fourth.items(), "so are the prices"
