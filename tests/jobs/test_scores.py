import pytest
from london_power.train.scores import score


def test_scores_are_those_computed_by_hand(spark):
    rows = spark.createDataFrame(
        [(1.0, 2.0, 2.5), (2.0, 2.0, 2.5), (3.0, 2.0, 2.5), (4.0, 8.0, 2.5)],
        "kwh double, a double, mean double",
    )
    scores = score(rows, "kwh", ["a", "mean"])
    # Errors of a: -1, 0, 1, -4; squares sum to 18. Distances of the labels from 2.5: squares sum to 5.
    assert scores["a"] == {"mse": 4.5, "rmse": pytest.approx(2.12132), "mae": 1.5, "r2": -2.6}
    assert scores["mean"] == {"mse": 1.25, "rmse": pytest.approx(1.118034), "mae": 1.0, "r2": 0.0}


def test_r2_of_a_constant_label_is_unknown(spark):
    rows = spark.createDataFrame([(1.0, 2.0), (1.0, 1.0)], "kwh double, a double")
    assert score(rows, "kwh", ["a"])["a"] == {"mse": 0.5, "rmse": 0.707107, "mae": 0.5, "r2": None}
