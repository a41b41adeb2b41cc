"""Peak, load factor, base load and load duration, by hand."""

import pyarrow as pa
import pytest
from london_power.analyze.question import Questions
from london_power.analyze.questions import LOAD_DURATION, PEAK_DEMAND


def asked(question, rows):
    """The answer for half hours (group, slot, kWh of all homes, homes)."""
    columns = {
        "acorn_group": [group for group, *_ in rows],
        "slot": [slot for _, slot, *_ in rows],
        "starts": [f"at {slot}" for _, slot, *_ in rows],
        "micro_kwh": [round(kwh * 1e6) for *_, kwh, _ in rows],
        "readings": [homes for *_, homes in rows],
    }
    return Questions({"demand": pa.table(columns)}, float).ask(question).to_pylist()


def test_the_peak_is_that_of_all_homes_at_once_and_not_of_each_group_by_itself():
    rows = [
        *[("Affluent", 1, 4, 10), ("Affluent", 2, 1, 10), ("Affluent", 3, 1, 8)],
        ("Affluent", 4, 9, 7),  # fewer than 80 % of ten homes
        *[("Adversity", 1, 1, 10), ("Adversity", 2, 3, 10), ("Adversity", 3, 2, 10)],
    ]
    whole, adversity, affluent = asked(PEAK_DEMAND, rows)
    assert [row["acorn_group"] for row in (whole, adversity, affluent)] == ["all", "Adversity", "Affluent"]
    assert (affluent["households"], affluent["half_hours"]) == (10, 3)
    assert (affluent["peak_kw"], affluent["peak_at"]) == (0.8, "at 1")
    assert affluent["mean_kw"] == pytest.approx((0.8 + 0.2 + 0.25) / 3, abs=1e-6)
    assert affluent["load_factor_percent"] == pytest.approx(100 * (0.8 + 0.2 + 0.25) / 3 / 0.8, abs=1e-5)
    assert (adversity["peak_kw"], adversity["peak_at"]) == (0.6, "at 2")
    # 5 kWh of 20 homes at the first, lower than both peaks together.
    assert (whole["households"], whole["peak_kw"], whole["peak_at"]) == (20, 0.5, "at 1")


def test_load_duration_falls_from_the_peak_to_the_lowest_and_names_the_base():
    rows = [("Affluent", n, (1 + n * 37 % 200) / 2, 1) for n in range(200)]  # 1 to 200 kW in some order
    curve = {row["percent"]: row["kw"] for row in asked(LOAD_DURATION, rows) if row["acorn_group"] == "all"}
    assert [curve[percent] for percent in (0, 1, 50, 95, 100)] == [200, 199, 101, 11, 1]
    assert list(curve.values()) == sorted(curve.values(), reverse=True)
    (base,) = {row["base_kw"] for row in asked(PEAK_DEMAND, rows)}
    assert base == curve[95]
