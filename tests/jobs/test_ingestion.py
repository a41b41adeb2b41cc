import gzip
import random

import pytest
from london_power.common.errors import JobError
from rows import COUNTS, MIXED, row


@pytest.fixture
def ingest(run_job, lake):
    return lambda *arguments, **run: run_job("ingest", "--lake", lake.root, *arguments, **run)


def test_accounts_for_every_row(ingest, lake, write_csv):
    metrics = ingest("--csv", write_csv(*MIXED))
    assert metrics == COUNTS | {
        "lake": f"{lake.root}/readings/run=r1",
        "quarantine": f"{lake.root}/quarantine/run=r1",
        "increment": {
            **{"files_read": 1, "files_carried_over": 0, "files_gone": 0, "months_written": ["2013-01"]},
            "read_everything_because": "there are no earlier readings",
        },
    }
    stored = lake.read("readings").orderBy("household", "time")
    assert [(r.household, r.kwh, r.month) for r in stored.collect()] == [
        ("MAC000002", 0.5, "2013-01"),
        ("MAC000002", 0.6, "2013-01"),
        ("MAC000003", None, "2013-01"),
    ]
    quarantined = {r.row: r.reason for r in lake.read("quarantine").collect()}
    assert quarantined == {
        MIXED[2]: "conflict",
        MIXED[5]: "kwh_negative",
        MIXED[6]: "tariff",
        MIXED[7]: "columns",
    }


def test_a_second_load_replaces_the_first_with_its_quarantine(ingest, lake, write_csv):
    ingest("--csv", write_csv(*MIXED))
    metrics = ingest("--csv", write_csv(row()), run="r2")
    assert (metrics["rows_stored"], metrics["quarantine_reasons"]) == (1, {})
    assert (lake.read("readings").count(), lake.read("quarantine").count()) == (1, 0)


def test_keeps_the_lake_as_it_was_when_no_row_is_a_reading(ingest, lake, write_csv):
    ingest("--csv", write_csv(row()))
    with pytest.raises(JobError, match=r"none of the 2 rows is a reading; why not: \{'tariff': 2\}"):
        ingest("--csv", write_csv(row(tariff="x"), row(tariff="y")), run="r2")
    assert lake.read("readings").count() == 1


def test_names_a_packed_file_that_was_cut_short(ingest, write_csv, tmp_path):
    noise = [row(household=n, kwh=f"0.{random.Random(n).randrange(1000)}") for n in range(5000)]
    packed = gzip.compress(write_csv(*noise).read_bytes())
    (tmp_path / "cut.csv.gz").write_bytes(packed[: len(packed) // 2])
    with pytest.raises(JobError, match=r"cut\.csv\.gz cannot be unpacked \(Unexpected end of input stream\)"):
        ingest("--csv", tmp_path / "cut.csv.gz")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--lake", "file:///x"], "required: --csv"),
        (["--csv", "x"], "required: --lake"),
        (["--csv"], "expected one argument"),
        (["--csv", "x", "--lake", "/x"], "--lake /x is not a URI"),
    ],
)
def test_refuses_arguments_that_lack_something(run_job, arguments, message):
    with pytest.raises(JobError, match=message):
        run_job("ingest", *arguments)
