from datetime import datetime, timezone
from pathlib import Path

import pytest
from london_power.common import documents
from london_power.common.documents import Documents
from london_power.common.errors import JobError
from py4j.protocol import Py4JJavaError
from rows import MIXED, row
from settings import DATABASE


@pytest.fixture
def csv_to_mongo(run_job, credentials, lake):
    """By way of the lake, as the pipeline goes; returns the metrics of the load."""
    mongo = ["--mongo-credentials", credentials, "--mongo-database", DATABASE]

    def run(*rows: Path, run: str) -> dict:
        csv = [argument for path in rows for argument in ("--csv", path)]
        run_job("ingest", *csv, "--lake", lake.root, run=run)
        return run_job("load", "--lake", lake.root, *mongo, run=run)

    return run


def test_loads_by_way_of_the_lake_and_again_without_doubling(csv_to_mongo, database, write_csv):
    assert csv_to_mongo(write_csv(*MIXED), run="r1")["rows_loaded"] == 3
    again = csv_to_mongo(write_csv(*MIXED), run="r2")
    assert (again["rows_read"], again["rows_loaded"]) == (3, 3)
    assert database["data"].count_documents({}) == 3
    assert database["data"].find_one({"_id": "MAC000002|2013-01-01T00:30:00"}) == {
        "_id": "MAC000002|2013-01-01T00:30:00",
        "household": "MAC000002",
        "tariff": "Std",
        "time": datetime(2013, 1, 1, 0, 30, tzinfo=timezone.utc),
        "kwh": 0.6,
        "acorn": "ACORN-A",
        "acorn_group": "Affluent",
        "run": "r2",
    }


def test_removes_what_the_source_no_longer_has_and_updates_the_rest(csv_to_mongo, database, write_csv):
    def load(*rows, run):
        csv_to_mongo(write_csv(*rows), run=run)
        return {d["_id"][:9]: d["kwh"] for d in database["data"].find()}

    assert load(row(2), row(3), run="a") == {"MAC000002": 0.5, "MAC000003": 0.5}
    assert load(row(3, kwh="0.9"), row(4), run="b") == {"MAC000003": 0.9, "MAC000004": 0.5}


def test_a_result_replaces_that_of_older_runs_only(credentials, database):
    store = Documents(str(credentials), DATABASE)
    for question, run in (("q", "a"), ("other", "a"), ("q", "b"), ("q", "b")):
        store.replace_result(question, run, {"rows": [{"n": 1, "run": run}]})
    found = [
        (d["question"], d["run"], d["rows"][0]["run"]) for d in database["results"].find().sort("_id", 1)
    ]
    assert found == [("other", "a", "a"), ("q", "b", "b")]


def test_tasks_of_local_mode_read_the_credentials_and_do_not_carry_them(spark, credentials, database):
    store = Documents(str(credentials), DATABASE)
    frame = spark.createDataFrame([("a",)], "name string")
    credentials.write_text("hunter2")
    with pytest.raises(Py4JJavaError, match="does not hold a mongodb:// URI"):
        store.upsert("data", frame, "r1", lambda row: {"_id": row[0]}, str)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no credential file"),
        ("hunter2", "does not hold a mongodb:// URI"),
        ("mongodb://user:hunter2@:::", "malformed"),
        ("mongodb://user:hunter2@127.0.0.1:1/", "cannot reach the MongoDB"),
    ],
)
def test_says_what_is_wrong_with_credentials_without_showing_them(tmp_path, monkeypatch, content, message):
    monkeypatch.setattr(documents, "TIMEOUT_MS", 200)
    path = tmp_path / "uri"
    if content:
        path.write_text(content)
    with pytest.raises(JobError, match=message) as refused:
        Documents(str(path), DATABASE)
    assert "hunter2" not in str(refused.value)
    assert refused.value.__cause__ is None
