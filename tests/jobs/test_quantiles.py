import numpy as np
import pytest
from london_power.train.quantiles import QUANTILES, QuantileTally, errors_of


def readings(seed):
    """What was predicted, and what was read: twice as much predicted is twice as uncertain."""
    draw = np.random.default_rng(seed)
    predicted = draw.uniform(0.05, 2, 40_000)
    return predicted, predicted * draw.gamma(2.0, 0.5, len(predicted))


def test_of_later_readings_as_many_lie_below_each_quantile_as_it_says_whatever_was_predicted():
    predicted, kwh = readings(2)
    found = errors_of(*readings(1)).around(predicted)
    for part in (predicted < 0.3, predicted > 1.7):
        below = (kwh[:, None] < found)[part].mean(0)
        assert below == pytest.approx(list(QUANTILES.values()), abs=0.02)


def test_quantiles_are_in_order_and_not_negative_also_beyond_what_was_ever_predicted():
    errors = errors_of(np.array([0.1, 0.1, 0.1, 0.5]), np.array([0.0, 0.1, 0.4, 0.2]))
    assert errors.levels == pytest.approx([0.1, 0.5])  # rows of one prediction are of one class
    found = errors.around(np.array([0.0, 0.1, 0.3, 9.0]))
    assert (found >= 0).all() and (np.diff(found, axis=1) >= 0).all()
    assert found[1] == pytest.approx(np.quantile([0.0, 0.1, 0.4], list(QUANTILES.values())))


def test_pinball_loss_and_coverage_are_those_computed_by_hand():
    tally = QuantileTally(2, ["a"])
    tally.add(np.array([0, 1]), np.array([1.0, 3.0]), {"a": np.array([[0.5, 1.5, 2.0], [0.5, 1.5, 2.0]])})
    found = {measure: each["mean"] for measure, each in tally.scores()["a"].items()}
    # Above q10 by 0.5 and 2.5; below q50 by 0.5, above it by 1.5; below q90 by 1, above it by 1.
    assert found == {
        "pinball_q10": pytest.approx((0.1 * 0.5 + 0.1 * 2.5) / 2),
        "pinball_q50": pytest.approx((0.5 * 0.5 + 0.5 * 1.5) / 2),
        "pinball_q90": pytest.approx((0.1 * 1 + 0.9 * 1) / 2),
        "pinball": pytest.approx((0.15 + 0.5 + 0.5) / 3),
        "coverage": 0.5,
    }
    coverage = tally.scores()["a"]["coverage"]
    assert (coverage["low"], coverage["high"]) == (0, 1), "either home may be drawn twice"
