import numpy as np
import pytest
from london_power.common.schema import ACORN_GROUPS
from london_power.common.stamps import END, GMT, Stamps
from london_power.train import features
from london_power.train.daily import DailyTally
from panels import panel


def tally(days, stamps, off):
    """Two homes that use 1 and 3 kWh a half hour, predicted wrong by `off` (of home and day)."""
    homes = panel(
        {name: dict.fromkeys(range(days * 48), kwh) for name, kwh in (("A", 1), ("B", 3))}, days, stamps
    )
    homes.group[1] = ACORN_GROUPS.index("ACORN-")  # the last
    rows = features.build(homes, slice(0, 2), 1)
    found = DailyTally(homes, ["model"])
    found.add(
        rows, {"model": rows.kwh + [off(h, s // 48) for h, s in zip(rows.home, rows.slot, strict=True)]}
    )
    return found


def test_errors_of_homes_cancel_in_a_groups_day_and_are_measured_against_its_use():
    found = tally(
        11, Stamps(GMT, "start"), lambda home, day: (0.2 if home else -0.2) + (0.5 if day == 9 else 0)
    )
    assert found.errors() == pytest.approx(
        {"all": 48 * 0.5 / 4, "Affluent": 48 * (3 * 0.2 + 0.3) / 4, "ACORN-": 48 * (3 * 0.2 + 0.7) / 4}
    )
    scores = found.scores({"all": 12.0})
    assert [scores[group]["households"] for group in ("all", "Affluent", "ACORN-")] == [2, 1, 1]
    assert scores["all"]["days"] == 4  # a week passes before the first
    # On one of four days half a kWh too much in each half hour, of two that are used.
    assert scores["all"]["scores"]["model"] == pytest.approx(
        {"mae": 6.0, "mape": 100 * 0.25 / 4, "mase": 0.5}
    )
    assert scores["Affluent"]["scores"]["model"]["mase"] is None


def test_a_day_of_which_there_is_a_part_does_not_count():
    # By London's clock the first time of a day is the end of the day before, of which there is nothing else.
    found = tally(11, Stamps(GMT, END), lambda home, day: 0.0)
    assert found.scores({})["all"]["days"] == 4
    assert np.isfinite(found.errors()["all"])
