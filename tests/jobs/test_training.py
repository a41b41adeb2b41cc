import json
from datetime import datetime, timedelta

import pytest
from london_power.common.errors import JobError
from london_power.train.regressors import REGRESSORS
from pyspark.ml import PipelineModel
from settings import DATABASE

START = datetime(2013, 1, 1)

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
        run_job("ingest", "--csv", write_csv(*rows), "--lake", lake.root)
        return lake

    return ingest


def test_trains_on_the_past_only_and_scores_all_on_the_same_later_rows(
    spark, run_job, ingested, credentials, database
):
    lake = ingested(DAYS, jump=1.0)
    mongo = ["--mongo-credentials", credentials, "--mongo-database", DATABASE]
    quick = ["--models", "linear", "--seconds", "0"]
    metrics = run_job("train", "--lake", lake.root, "--test-fraction", "0.2", *quick, *mongo)
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
    folder = lake.path("models/linear")
    assert metrics["paths"] == {"linear": folder}
    assert len(PipelineModel.load(f"{folder}/pipeline").stages) == 3
    card = json.loads(lake.files.read(f"{lake.path('models/card')}/card.json"))
    assert card["scores"]["models"] == metrics["models"]
    assert database["results"].find_one({"question": "model_card"})["card"] == card
    assert run_job("train", "--lake", lake.root, *quick, run="r2")["models"] == metrics["models"]


def test_finds_a_rule_that_is_there(run_job, ingested):
    lake = ingested(DAYS, jump=0.0)
    metrics = run_job("train", "--lake", lake.root, "--models", "linear", "--seconds", "0")
    assert metrics["models"]["linear"]["rmse"] < 0.001
    assert metrics["baselines"]["training_mean"]["rmse"] > 0.5


def test_tries_parameters_on_folds_of_the_training_time_and_says_which(run_job, ingested):
    metrics = run_job(
        "train", "--lake", ingested(DAYS, jump=0.0).root, "--models", "linear", "--seconds", "600"
    )
    found = metrics["parameters"]
    assert found["folds"] == [
        {"start": "2013-01-13", "end": "2013-01-15"},
        {"start": "2013-01-15", "end": "2013-01-17"},
    ]
    tried = found["models"]["linear"]["tried"]
    assert [each["parameters"] for each in tried] == REGRESSORS["linear"].grid
    best = min(tried, key=lambda each: each["mse"])
    assert found["models"]["linear"]["chosen"] == best["parameters"]
    assert found["models"]["linear"]["cut"] == []


def test_what_the_budget_has_cut_is_said(run_job, ingested):
    lake = ingested(DAYS, jump=0.0)
    metrics = run_job("train", "--lake", lake.root, "--models", "linear", "--seconds", "0")
    grid = REGRESSORS["linear"].grid
    assert metrics["parameters"]["models"]["linear"] == {"chosen": grid[0], "tried": [], "cut": grid}
    text = lake.files.read(metrics["card"]).decode()
    assert "| linear | regParam 0.0001 | cut by the budget | yes, untried |" in text


def test_refuses_too_little_data_and_fractions_out_of_range(run_job, ingested):
    lake = ingested(8, jump=0.0)
    with pytest.raises(JobError, match="too little data to train on: 0 rows before and 96 from 2013-01-07"):
        run_job("train", "--lake", lake.root)
    with pytest.raises(JobError, match="must lie between 0 and 1"):
        run_job("train", "--lake", lake.root, "--test-fraction", "1")
    with pytest.raises(
        JobError, match="'shrub' is none of the models; there are linear, tree, forest, boosted"
    ):
        run_job("train", "--lake", lake.root, "--models", "linear,shrub")
    with pytest.raises(JobError, match="--seconds -1 must be at least 0"):
        run_job("train", "--lake", lake.root, "--seconds", "-1")
