import numpy as np
import pytest
from london_power.train.scores import Tally

KWH = np.array([1.0, 2.0, 3.0, 4.0])
ONE_HOME = np.zeros(4, np.int64)


def tally(predictions, kwh=KWH, home=ONE_HOME):
    found = Tally(int(home.max()) + 1, list(predictions))
    found.add(home, kwh, {name: np.array(values, float) for name, values in predictions.items()})
    return found


def test_scores_are_those_computed_by_hand():
    scores = tally({"a": [2, 2, 2, 8], "mean": [2.5] * 4}).scores(naive=3.0)
    # Errors of a: -1, 0, 1, -4; squares sum to 18. Distances of the labels from 2.5: squares sum to 5.
    assert scores["a"] == {"mse": 4.5, "rmse": pytest.approx(2.12132), "mae": 1.5, "r2": -2.6, "mase": 0.5}
    assert scores["mean"]["mse"] == 1.25
    assert scores["mean"]["r2"] == 0.0


def test_r2_of_a_constant_label_is_unknown():
    scores = tally({"a": [2.0, 1.0]}, np.ones(2), np.zeros(2, np.int64)).scores()
    assert scores["a"] == {"mse": 0.5, "rmse": 0.707107, "mae": 0.5, "r2": None}


def test_scores_of_a_part_are_of_its_households():
    found = tally({"a": [1, 2, 3, 0]}, home=np.array([0, 0, 1, 1]))
    by = found.by(np.array([1, 0]), ["Affluent", "Comfortable", "Adversity"])
    assert {group: scores["a"]["mse"] for group, scores in by.items()} == {
        "Affluent": 8.0,
        "Comfortable": 0.0,
    }


def test_what_all_households_agree_on_is_told_apart_and_what_one_decides_is_not():
    homes, rows = 40, 25
    home = np.repeat(np.arange(homes), rows)
    kwh = np.random.default_rng(1).normal(size=homes * rows)
    one = np.where(home == 0, 3.0, 0.0)  # worse for a single home alone, better by a bit for all others
    found = tally({"best": kwh + 0.5, "worse": kwh + 0.6, "one": kwh + 0.49 + one}, kwh, home).intervals(
        "best"
    )
    assert found["best"]["apart"] is None
    assert (found["worse"]["apart"], found["worse"]["more"]) == (True, pytest.approx(0.11))
    assert found["worse"]["more_low"] == found["worse"]["more_high"] == pytest.approx(0.11)
    assert found["one"]["apart"] is False
    assert found["one"]["more_low"] < 0 < found["one"]["more_high"]


def test_an_interval_is_wide_where_households_differ():
    home = np.repeat(np.arange(30), 4)
    differing = tally({"a": home / 10.0}, np.zeros(120), home).intervals("a")["a"]
    same = tally({"a": np.ones(120)}, np.zeros(120), home).intervals("a")["a"]
    assert same["low"] == same["high"] == 1.0
    assert differing["low"] < 2.5 < differing["high"] < 4.5


def test_one_household_cannot_tell_models_apart():
    assert tally({"a": KWH, "b": KWH + 1}).intervals("a")["b"]["apart"] is None
