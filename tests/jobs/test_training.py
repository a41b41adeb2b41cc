import json
from datetime import datetime, timedelta

import pytest
from london_power import features
from london_power.errors import JobError
from london_power.features import CATEGORIES
from pyspark.ml import PipelineModel

START = datetime(2013, 1, 1)


def readings(spark, rows):
    """(household, half hours after START, kwh) → readings."""
    full = [(h, "Std", f"{START + timedelta(minutes=30 * n)}", kwh, "Affluent") for h, n, kwh in rows]
    frame = spark.createDataFrame(
        full, "household string, tariff string, time string, kwh double, acorn_group string"
    )
    return frame.withColumn("time", frame.time.cast("timestamp"))


def test_lags_go_by_the_clock_over_gaps_and_never_to_another_household(spark):
    frame = readings(
        spark,
        [
            ("A", 0, 0.1),
            ("A", 47, 0.2),
            ("A", 48, 0.3),
            ("A", 336, 0.4),
            ("A", 384, None),
            ("B", 48, 9.0),
            ("B", 432, 9.0),
        ],
    )
    found = {
        (r.household, r.kwh): (r.lag_48, r.lag_336)
        for r in features.with_lags(frame).select("household", "kwh", "lag_48", "lag_336").collect()
    }
    assert found == {
        ("A", 0.1): (None, None),
        ("A", 0.2): (None, None),
        ("A", 0.3): (0.1, None),
        ("A", 0.4): (None, 0.1),
        ("A", None): (0.4, 0.3),
        ("B", 9.0): (None, None),
    }


def test_calendar_numbers_stand_for_the_names_they_carry(spark):
    frame = readings(
        spark, [("A", 0, 0.1), ("A", 4 * 48 + 47, 0.1), ("A", 59 * 48, 0.1)]
    )  # Tue, Sat 5 January, Fri 1 March
    frame = features.with_calendar(frame).orderBy("time")
    named = [{name: CATEGORIES[name][int(row[name])] for name in CATEGORIES} for row in frame.collect()]
    same = {"group": "Affluent", "tou": "Std"}
    assert named == [
        {"half_hour": "00:00", "weekend": "no", "season": "winter"} | same,
        {"half_hour": "23:30", "weekend": "yes", "season": "winter"} | same,
        {"half_hour": "00:00", "weekend": "no", "season": "spring"} | same,
    ]
    assert frame.schema["season"].metadata["ml_attr"]["vals"] == features.SEASONS


def test_the_cut_is_a_midnight():
    assert features.cut(datetime(2013, 1, 1), datetime(2013, 1, 10, 23, 30), 0.2) == datetime(2013, 1, 9)


# Twenty days of two households, the last four for testing. kWh repeats daily, but jumps in the test period.
DAYS, CUT = 20, 16


@pytest.fixture
def ingested(run_job, write_csv, lake):
    def ingest(days, jump):
        rows = []
        for home, tariff, base in (("MAC000002", "Std", 1.0), ("MAC000003", "ToU", 2.0)):
            for n in range(days * 48):
                kwh = base + n % 48 / 48 + (jump if n // 48 >= CUT else 0)
                rows.append(
                    f"{home},{tariff},{START + timedelta(minutes=30 * n)}, {kwh:.6f} ,ACORN-A,Affluent"
                )
        run_job("ingest", "--from", "csv", "--csv", write_csv(*rows), "--to", "lake", "--lake", lake.root)
        return lake

    return ingest


def test_trains_on_the_past_only_and_scores_all_on_the_same_later_rows(
    spark, run_job, ingested, credentials, database
):
    lake = ingested(DAYS, jump=1.0)
    mongo = ["--mongo-credentials", credentials, "--mongo-database", "test_power"]
    metrics = run_job("train", "--lake", lake.root, "--test-fraction", "0.2", *mongo)
    assert metrics["split"] == {
        "rows": 1920,
        "rows_null": 0,
        "rows_training": 2 * 48 * 9,  # days 8 to 16
        "rows_test": 2 * 48 * 4,
        "rows_without_lag": 2 * 48 * 7,
        "first_time": "2013-01-01T00:00:00",
        "cut": "2013-01-17T00:00:00",
        "last_time": "2013-01-20T23:30:00",
        "test_fraction": 0.2,
    }
    # Every test reading lies 1 kWh above that of last week.
    assert metrics["baselines"]["same_half_hour_last_week"] == {
        "mse": 1.0,
        "rmse": 1.0,
        "mae": 1.0,
        "r2": pytest.approx(-2, abs=0.01),
    }
    # The means are of the training period and know nothing of the jump: 1.49 and 2.49, not 1.69 and 2.69.
    folder = lake.path("models/linear")
    means = spark.read.parquet(f"{folder}/household_means")
    assert {r.household: round(r.household_mean, 3) for r in means.collect()} == {
        "MAC000002": 1.49,
        "MAC000003": 2.49,
    }
    card = json.loads(lake.files.read(f"{folder}/card.json"))
    assert card["scores"]["model"] == metrics["models"]["linear"]
    assert len(PipelineModel.load(f"{folder}/pipeline").stages) == 3
    assert database["results"].find_one({"question": "model_linear"})["card"] == card
    assert run_job("train", "--lake", lake.root, run="r2")["models"] == metrics["models"]


def test_finds_a_rule_that_is_there(run_job, ingested):
    metrics = run_job("train", "--lake", ingested(DAYS, jump=0.0).root)
    assert metrics["models"]["linear"]["rmse"] < 0.001
    assert metrics["baselines"]["training_mean"]["rmse"] > 0.5


def test_refuses_too_little_data_and_fractions_out_of_range(run_job, ingested):
    lake = ingested(8, jump=0.0)
    with pytest.raises(JobError, match="too little data to train on: 0 rows before and 96 from 2013-01-07"):
        run_job("train", "--lake", lake.root)
    with pytest.raises(JobError, match="must lie between 0 and 1"):
        run_job("train", "--lake", lake.root, "--test-fraction", "1")
