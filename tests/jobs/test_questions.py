"""Answers against numbers computed by hand, and where they are put."""

import json

import pytest
from london_power.analyze.question import Question, Questions
from london_power.common.errors import JobError
from rows import row
from settings import DATABASE

# Three households: A and B are Affluent (Std, ToU), C is Adversity (Std). kWh in quarters: easy sums.
ROWS = [
    ("MAC000002", "Std", "2012-12-31 23:30:00", "1", "Affluent"),
    ("MAC000002", "Std", "2013-01-01 00:00:00", "0.25", "Affluent"),
    ("MAC000002", "Std", "2013-01-01 00:30:00", "0.75", "Affluent"),
    ("MAC000002", "Std", "2013-01-02 00:00:00", "0.5", "Affluent"),
    ("MAC000003", "ToU", "2013-01-01 00:00:00", "0.25", "Affluent"),
    ("MAC000003", "ToU", "2013-01-01 00:30:00", "Null", "Affluent"),
    ("MAC000004", "Std", "2013-01-03 00:00:00", "1.5", "Adversity"),
    ("MAC000004", "Std", "2013-01-04 00:00:00", "Null", "Adversity"),
]

MONTHLY = [
    # month, group, households, readings, total, mean, per household and day
    ("2012-12", "Affluent", 1, 1, 1.0, 1.0, 48.0),
    ("2013-01", "Adversity", 1, 1, 1.5, 1.5, 72.0),
    ("2013-01", "Affluent", 2, 4, 1.75, 0.4375, 21.0),  # 48 readings of the mean, however many days have some
]

MEASURES = ["households", "readings", "total_kwh", "mean_kwh"]
COLUMNS = {
    "monthly_by_acorn": ["month", "acorn_group", *MEASURES, "kwh_per_household_day"],
    "std_vs_tou": [
        "period",
        "acorn_group",
        *[f"{tariff}_{measure}" for tariff in ("std", "tou") for measure in MEASURES],
        "difference_percent",
    ],
}

NONE = (0, 0, None, None)
TOU = (1, 1, 0.25, 0.25)
TARIFFS = [
    # period, group, standard (4 measures), time of use (4 measures), difference in %
    ("all", "all", 2, 5, 4.0, 0.8, *TOU, -68.75),
    ("all", "standardised", 1, 4, 2.5, 0.625, *TOU, -60.0),  # Adversity has no home on time of use
    ("all", "Adversity", 1, 1, 1.5, 1.5, *NONE, None),
    ("all", "Affluent", 1, 4, 2.5, 0.625, *TOU, -60.0),
    ("before", "all", 1, 1, 1.0, 1.0, *NONE, None),
    ("before", "Affluent", 1, 1, 1.0, 1.0, *NONE, None),
    ("trial", "all", 2, 4, 3.0, 0.75, *TOU, -66.666667),
    ("trial", "standardised", 1, 3, 1.5, 0.5, *TOU, -50.0),
    ("trial", "Adversity", 1, 1, 1.5, 1.5, *NONE, None),
    ("trial", "Affluent", 1, 3, 1.5, 0.5, *TOU, -50.0),
]


_NOT_IN_THE_STACK = [
    "load_profile",
    "tariff_profile",
    "households_by_month",
    "monthly_intervals",
    "peak_demand",
    "load_duration",
    "bill_effect",
    "price_response",
]


@pytest.fixture
def ingested(run_job, write_csv, lake):
    acorn = {"Affluent": "ACORN-A", "Adversity": "ACORN-Q"}
    rows = [
        f"{home},{tariff},{time}, {kwh} ,{acorn[group]},{group}" for home, tariff, time, kwh, group in ROWS
    ]
    run_job("ingest", "--csv", write_csv(*rows), "--lake", lake.root)
    return lake


def test_answers_are_those_computed_by_hand(run_job, ingested):
    metrics = run_job("analyze", "--lake", ingested.root)
    tables = {name: [tuple(row.values()) for row in metrics["tables"][name]] for name in COLUMNS}
    assert tables == {"monthly_by_acorn": MONTHLY, "std_vs_tou": TARIFFS}
    for name, rows in tables.items():
        assert [tuple(row) for row in ingested.read(f"results/{name}").collect()] == rows
        assert list(metrics["tables"][name][0]) == COLUMNS[name]
    json.dumps(metrics, allow_nan=False)


def test_says_so_where_no_reading_has_a_value(run_job, write_csv, lake):
    run_job("ingest", "--csv", write_csv(row(kwh="Null")), "--lake", lake.root)
    with pytest.raises(JobError, match="holds no reading with a value: run ingest"):
        run_job("analyze", "--lake", lake.root)


def test_rounds_half_up_and_names_the_units():
    question = Question("q", "SELECT 0.1234565e0 AS kwh, 2 AS n", ["n"], {"kwh": "kWh"})
    answer = Questions({}, float).ask(question)
    assert answer.to_pylist() == [{"kwh": 0.123457, "n": 2}]
    assert answer.schema.field("kwh").metadata == {b"unit": b"kWh"}


def test_draws_each_answer_as_png_and_svg_the_same_on_every_run(run_job, ingested):
    drawn = []
    for run in ("a", "b"):
        paths = run_job("analyze", "--lake", ingested.root, run=run)["plots"]
        drawn.append({path.rsplit("/", 1)[1]: ingested.files.read(path) for path in paths})
    assert drawn[0] == drawn[1]
    starts = {name: content[:5] for name, content in drawn[0].items()}
    assert starts == {
        "monthly_by_acorn.png": b"\x89PNG\r",
        "monthly_by_acorn.svg": b"<?xml",
        "load_profile.png": b"\x89PNG\r",
        "load_duration.png": b"\x89PNG\r",
        "load_duration.svg": b"<?xml",
        "load_profile.svg": b"<?xml",
        "tariff_profile.png": b"\x89PNG\r",
        "tariff_profile.svg": b"<?xml",
        "std_vs_tou.png": b"\x89PNG\r",
        "std_vs_tou.svg": b"<?xml",
        "tariff_effect.png": b"\x89PNG\r",
        "tariff_effect.svg": b"<?xml",
    }


def test_stores_the_answers_in_mongo_in_place_of_older_ones(run_job, ingested, credentials, database):
    mongo = ["--mongo-credentials", credentials, "--mongo-database", DATABASE]
    for run in ("a", "b"):
        metrics = run_job("analyze", "--lake", ingested.root, *mongo, run=run)
    stored = {d["question"]: (d["run"], d["rows"]) for d in database["results"].find()}
    for kept_out_of_the_stack in _NOT_IN_THE_STACK:
        assert stored.pop(kept_out_of_the_stack)[0] == "b"
    counted = database["results"].find_one({"question": "data_quality"})["ingest"]
    assert (counted["rows_read"], counted["rows_null"], counted["quarantine_reasons"]) == (8, 2, {})
    assert stored == {name: ("b", rows) for name, rows in metrics["tables"].items()}
    assert database["results"].count_documents({}) == len(_NOT_IN_THE_STACK) + 4
