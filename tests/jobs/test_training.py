import json
from datetime import datetime, timedelta

import pytest
from london_power.common.errors import JobError
from london_power.train.features import NUMBERS
from london_power.train.regressors import REGRESSORS
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
        "mase": None,  # in the training time last week tells all
    }
    folder = lake.path("models/linear")
    assert metrics["paths"] == {"linear": folder}
    saved = json.loads(lake.files.read(f"{folder}/model.json"))
    assert (saved["cut"], saved["households"]) == ("2013-01-17", ["MAC000002", "MAC000003"])
    assert set(NUMBERS) < set(saved["coefficients"])
    card = json.loads(lake.files.read(f"{lake.path('models/card')}/card.json"))
    assert card["scores"]["models"] == metrics["models"]
    assert database["results"].find_one({"question": "model_card"})["card"] == card
    assert run_job("train", "--lake", lake.root, *quick, run="r2")["models"] == metrics["models"]


def test_finds_a_rule_that_is_there(run_job, ingested):
    lake = ingested(DAYS, jump=0.0)
    metrics = run_job("train", "--lake", lake.root, "--models", "linear", "--seconds", "0")
    assert metrics["models"]["linear"]["rmse"] < 0.001
    assert metrics["baselines"]["training_mean"]["rmse"] > 0.5


def test_no_prediction_is_negative_in_the_scores_nor_in_the_table(spark, run_job, lake, write_csv):
    # Nothing is used but at eight in the evening, on each day of the week another amount.
    rows = [
        f"{home},Std,{START + timedelta(minutes=30 * n)}, {n % 48 == 40 and n // 48 % 7} ,ACORN-A,Affluent"
        for home in ("MAC000002", "MAC000003")
        for n in range(DAYS * 48)
    ]
    csv = write_csv(*(row.replace("False", "0") for row in rows))
    run_job("ingest", "--csv", csv, "--lake", lake.root)
    scores = run_job("train", "--lake", lake.root, "--models", "linear")["models"]["linear"]
    made = run_job("predict", "--lake", lake.root, "--model", "linear", "--since", "2013-01-17")
    assert made["prediction"] == {name: scores[name] for name in made["prediction"]}
    assert spark.read.parquet(made["predictions"]).agg({"prediction": "min"}).first()[0] == 0


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


def test_the_usual_parameters_are_tried_whatever_the_budget_and_what_it_has_cut_is_said(run_job, ingested):
    lake = ingested(DAYS, jump=0.0)
    metrics = run_job("train", "--lake", lake.root, "--models", "linear", "--seconds", "0")
    grid = REGRESSORS["linear"].grid
    found = metrics["parameters"]["models"]["linear"]
    assert [each["parameters"] for each in found["tried"]] == [found["chosen"]] == grid[:1]
    assert found["cut"] == grid[1:]
    text = lake.files.read(metrics["card"]).decode()
    assert "| linear | shrinkage 0.05 | cut by the budget |  |" in text


def test_the_best_model_and_the_quantiles_are_chosen_before_the_test_and_whatever_it_says(run_job, ingested):
    best, scores = [], []
    for jump in (0.0, 5.0):
        lake = ingested(DAYS, jump)
        metrics = run_job("train", "--lake", lake.root, "--models", "linear,tree")
        tried = {name: each["tried"][0]["mse"] for name, each in metrics["parameters"]["models"].items()}
        assert metrics["best"] == min(tried, key=tried.get)
        errors = json.loads(lake.files.read(f"{lake.path('models/linear')}/model.json"))["errors"]
        best.append((metrics["best"], tried, errors))
        scores.append(metrics["models"])
    assert best[0] == best[1]
    assert scores[0] != scores[1]


def test_two_days_ahead_nothing_of_the_day_before_is_used(run_job, ingested):
    lake = ingested(DAYS, jump=1.0)
    one, two = (
        run_job("train", "--lake", lake.root, "--models", "linear", "--days-ahead", days, run=f"r{days}")
        for days in (1, 2)
    )
    # The test time begins a kWh higher: a day later a model that knows of yesterday follows.
    assert one["models"]["linear"]["mse"] < two["models"]["linear"]["mse"]
    assert "47.5 hours before it begins" in lake.files.read(two["card"]).decode()
    assert run_job("predict", "--lake", lake.root, "--model", "linear", "--since", "2013-01-17")[
        "prediction"
    ] == {key: value for key, value in two["models"]["linear"].items() if key != "mase"}
    with pytest.raises(JobError, match="--days-ahead 3 must be 1 or 2"):
        run_job("train", "--lake", lake.root, "--days-ahead", "3")


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
