"""Loads in slices: what they leave in MongoDB, and what becomes of one that is killed in its midst."""

import os
import shlex
import subprocess
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

import pytest
from london_power.common.errors import JobError
from london_power.load import loads
from london_power.load.slices import Slice, plan
from rows import row
from settings import DATABASE, conf_arguments

LOAD = Path(__file__).resolve().parents[2] / "jobs/pyspark/load.py"


@pytest.fixture
def load(lake, credentials):
    """The arguments of a load from the lake."""
    mongo = ["--mongo-credentials", str(credentials), "--mongo-database", DATABASE]
    return ["--lake", lake.root, *mongo]


@pytest.fixture
def ingested(run_job, lake, write_csv):
    """Two households with three readings on one day, of which one is missing, and one of the day after."""
    rows = [row(2), row(2, minute=30, kwh="0.25"), row(3, kwh="Null"), row(3, minute=30)]
    rows.append(rows[0].replace("01-01", "02-01"))
    run_job("ingest", "--csv", write_csv(*rows), "--lake", lake.root)


def test_small_months_share_a_slice_and_large_ones_are_cut_by_household():
    months = {"2013-01": 30, "2013-02": 60, "2013-03": 20, "2013-04": 250, "2013-05": 10}
    assert plan(months, most=100) == [
        Slice("2013-01", "2013-02"),
        Slice("2013-03", "2013-03"),
        *(Slice("2013-04", "2013-04", part, 3) for part in (1, 2, 3)),
        Slice("2013-05", "2013-05"),
    ]
    assert [s.name for s in plan(months, most=100)][:3] == ["2013-01..2013-02", "2013-03", "2013-04 1/3"]


def test_each_reading_is_in_one_slice(run_job, load, ingested, database):
    metrics = run_job("load", *load, "--slice", "1", "--documents", "raw")
    assert (metrics["slices"], metrics["rows_loaded"], metrics["rows_written"]) == (5, 5, 5)
    assert database["data"].count_documents({}) == 5


def test_sums_up_a_household_and_day(run_job, load, ingested, database):
    metrics = run_job("load", *load, "--documents", "daily")
    assert (metrics["documents"], metrics["rows_loaded"]) == ("daily", 3)
    assert database["data"].find_one({"_id": "MAC000002|2013-01-01"}) == {
        "_id": "MAC000002|2013-01-01",
        "household": "MAC000002",
        "tariff": "Std",
        "day": datetime(2013, 1, 1, tzinfo=timezone.utc),
        "kwh": 0.75,
        "readings": 2,
        "missing": 0,
        "min_half_hour_kwh": 0.25,
        "max_half_hour_kwh": 0.5,
        "acorn": "ACORN-A",
        "acorn_group": "Affluent",
        "run": "r1",
    }
    lacking = database["data"].find_one({"household": "MAC000003"})
    assert (lacking["kwh"], lacking["readings"], lacking["missing"]) == (0.5, 1, 1)


def test_another_kind_of_document_takes_the_place_of_the_first(run_job, load, ingested, database):
    for run, kind, count in (("a", "raw", 5), ("b", "daily", 3), ("c", "auto", 5)):
        run_job("load", *load, "--documents", kind, run=run)
        assert {d["run"] for d in database["data"].find()} == {run}
        assert database["data"].count_documents({}) == count
        held = database["loads"].find_one({"_id": "data"})
        assert (held["run"], held["documents"], held["rows"]) == (
            run,
            "daily" if run == "b" else "raw",
            count,
        )
    assert database["loads"].count_documents({}) == 1


def test_a_killed_load_goes_on_where_it_was(run_job, lake, load, database, sample, write_csv):
    csv = write_csv(*sample.read_text().splitlines()[1:60_001])
    readings = run_job("ingest", "--csv", csv, "--lake", lake.root)["rows_stored"]
    load += ["--slice", "20000", "--documents", "raw"]
    driver = subprocess.Popen(
        [sys.executable, LOAD, *load, "--run", "r1"],
        env=os.environ
        | {"PYSPARK_SUBMIT_ARGS": shlex.join(["--master", "local[2]", *conf_arguments(), "pyspark-shell"])},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + 120
    while not (done := list(database["loads"].find({"collection": "data"}))):
        assert driver.poll() is None and time.monotonic() < deadline, "no slice was noted before the end"
        time.sleep(0.01)
    os.killpg(driver.pid, 9)
    driver.wait()
    time.sleep(1)  # what is on its way to the server arrives
    done = list(database["loads"].find({"collection": "data"}))
    cut_off = database["data"].count_documents({})
    assert cut_off < readings
    month = done[0]["slice"][:7]
    kept = database["data"].find_one({"_id": {"$regex": month}})["_id"]
    database["data"].update_one({"_id": kept}, {"$set": {"acorn": "not written again"}})

    metrics = run_job("load", *load, run="r1")
    assert metrics["slices_done_before"] == len(done) >= 1
    assert metrics["rows_loaded"] == database["data"].count_documents({}) == readings
    assert metrics["rows_written"] == readings - sum(sum(note["rows"].values()) for note in done)
    assert database["data"].find_one({"_id": kept})["acorn"] == "not written again"

    again = run_job("load", *load, run="r1")
    assert (again["slices_done_before"], again["rows_written"]) == (0, readings)
    assert database["data"].find_one({"_id": kept})["acorn"] != "not written again"


def test_a_load_begins_anew_after_another_has_come_between(run_job, load, ingested, database, monkeypatch):
    class ServerGone(Exception):
        pass

    def interrupted(run):
        """Loads one slice of two or more, as one whose server goes away then."""
        put = loads.Documents.put

        def leave(store, collection, document):
            put(store, collection, document)
            raise ServerGone

        with monkeypatch.context() as patch:
            patch.setattr(loads.Documents, "put", leave)
            with pytest.raises(ServerGone):
                run_job("load", *load, "--slice", "1", run=run)

    interrupted("a")
    interrupted("b")
    metrics = run_job("load", *load, "--slice", "1", run="a")
    assert metrics["slices_done_before"] == 0
    assert {d["run"] for d in database["data"].find()} == {"a"}
    assert database["data"].count_documents({}) == 5


@pytest.mark.parametrize("kind", ["raw", "daily"])
def test_writes_only_the_months_that_differ(run_job, lake, load, database, write_csv, kind, monkeypatch):
    csv = write_csv(row()).parent / "csv"
    csv.mkdir()

    def month(number: int, *kwh: str) -> None:
        rows = (row(home, kwh=each).replace("-01-", f"-{number:02d}-") for home, each in enumerate(kwh, 2))
        write_csv(*rows, name=f"csv/{number}.csv")

    def loaded(run: str) -> dict:
        """The metrics, once `data` holds what a collection does that was empty before."""
        run_job("ingest", "--csv", csv, "--lake", lake.root, run=run)
        metrics = run_job("load", *load, "--documents", kind, run=run)
        database["other"].drop()
        database["loads"].delete_one({"_id": "other"})
        run_job("load", *load, "--documents", kind, "--mongo-collection", "other", run=run)
        here, there = (
            sorted(map(repr, database[name].find({}, {"run": False}))) for name in ("data", "other")
        )
        assert here == there
        assert metrics["rows_loaded"] == len(here)
        return metrics

    for number in (1, 2, 3):
        month(number, "0.5", "0.6")
    assert loaded("a")["months_loaded"] == ["2013-01", "2013-02", "2013-03"]
    assert loaded("b")["months_loaded"] == []
    month(2, "0.7")
    month(4, "0.1")
    (csv / "3.csv").unlink()
    metrics = loaded("c")
    assert (metrics["months_loaded"], metrics["rows_written"]) == (["2013-02", "2013-03", "2013-04"], 2)
    assert {d["_id"][10:17]: d["run"] for d in database["data"].find()} == {
        **{"2013-01": "a", "2013-02": "c", "2013-04": "c"}
    }
    more = write_csv(row(9).replace("-01-", "-02-"), name="csv/more.csv")
    with monkeypatch.context() as patch:  # a load that ends before it has noted what it wrote
        patch.setattr(loads.Held, "end", None)
        with pytest.raises(TypeError):
            loaded("d")
    more.unlink()  # so that February is as it was in c
    assert loaded("e")["months_loaded"] == ["2013-02"]
    database["data"].drop()
    assert loaded("f")["months_loaded"] == ["2013-01", "2013-02", "2013-04"]


def test_refuses_a_slice_without_documents(run_job, load):
    with pytest.raises(JobError, match="--slice 0"):
        run_job("load", *load, "--slice", "0")
