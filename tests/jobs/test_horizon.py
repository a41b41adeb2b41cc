from types import SimpleNamespace

import numpy as np
import pytest
from london_power.train.features import COLUMN
from london_power.train.horizon import days_to_come
from london_power.train.saved import Saved
from panels import AS_THEY_STAND, panel

DAYS = 10


def model(column: str, days_ahead: int = 1, factor: float = 1) -> Saved:
    """One that predicts what a feature says, times a factor."""
    formula = SimpleNamespace(predict=lambda features: factor * features[:, COLUMN[column]])
    return Saved(formula, None, days_ahead, False, 0, [], AS_THEY_STAND)


def home(days: int, but: tuple[int, ...] = ()) -> dict[int, float]:
    """The readings of days, each of another use; none of the half hours `but`."""
    return {n: 1 + n // 48 / 10 for n in range(days * 48) if n not in but}


def test_later_days_are_predicted_from_the_predictions_of_those_before():
    rows, predicted, from_readings = days_to_come(
        model("lag_day", factor=0.5), panel({"A": home(DAYS)}, DAYS), 3
    )
    assert rows.slot.tolist() == list(range(DAYS * 48, (DAYS + 3) * 48))
    assert predicted == pytest.approx(np.repeat([1.9 / 2, 1.9 / 4, 1.9 / 8], 48), abs=1e-5)
    assert from_readings.tolist() == [True] * 48 + [False] * 96
    assert np.isnan(rows.kwh).all()


def test_what_was_read_is_used_as_long_as_it_reaches():
    homes = panel({"A": home(DAYS)}, DAYS)
    _, by_week, _ = days_to_come(model("lag_week"), homes, 8)
    expected = [1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 1.3]  # the last is what was predicted for the first
    assert by_week == pytest.approx(np.repeat(expected, 48), abs=1e-5)
    _, two_ahead, from_readings = days_to_come(model("lag_day", days_ahead=2), homes, 3)
    assert two_ahead == pytest.approx(np.repeat([1.8, 1.9, 1.8], 48), abs=1e-5)
    assert from_readings.tolist() == [True] * 96 + [False] * 48
    assert (homes.cells.shape, homes.cells.max()) == ((1, DAYS, 48), 1_900_000), (
        "the readings stay as they are"
    )


def test_each_household_goes_on_after_its_own_last_reading_and_a_gap_stays_one():
    gap = (DAYS - 7) * 48 + 5
    homes = {"A": home(DAYS, but=(gap,)), "B": home(9) | {9 * 48: 0.7}, "C": {}}
    rows, predicted, _ = days_to_come(model("lag_day"), panel(homes, DAYS), 1)
    assert set(rows.home) == {0, 1}
    assert rows.slot[rows.home == 0].tolist() == [n for n in range(480, 528) if n != gap + 7 * 48]
    assert rows.slot[rows.home == 1].tolist() == list(range(9 * 48 + 1, 10 * 48 + 1))
    assert predicted[rows.home == 1][[0, -1]] == pytest.approx([1.8, 0.7], abs=1e-6)
