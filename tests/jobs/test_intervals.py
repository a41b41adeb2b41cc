"""Intervals over households, by hand."""

import pytest
from london_power.analyze import plots
from london_power.analyze.questions import MONTHLY_BY_ACORN, MONTHLY_INTERVALS
from test_tariff_effect import asked

HOMES = [
    (1, "Std", "Affluent", {"2013-01": 0.2, "2013-02": (0.2, 0.5)}),
    (2, "Std", "Affluent", {"2013-01": 0.4, "2013-02": (0.4, 0.25)}),
    (3, "ToU", "Affluent", {"2013-01": 0.6}),
    (4, "ToU", "Adversity", {"2013-01": (0.1, 0.5)}),
]


def test_the_interval_of_a_month_is_of_its_homes():
    found = {
        (row["month"], row["acorn_group"]): row
        for row in asked(MONTHLY_INTERVALS, HOMES, quantile=lambda degrees: {1: 10, 2: 4}[degrees])
    }
    january = found["2013-01", "Affluent"]
    # As many readings each: the standard error of a mean of 0.2, 0.4, 0.6 kWh a half hour, 0.2 / √3.
    assert january["kwh_per_household_day"] == pytest.approx(48 * 0.4)
    assert january["standard_error_kwh"] == pytest.approx(48 * 0.2 / 3**0.5, abs=1e-6)
    assert january["low_kwh"] == pytest.approx(48 * (0.4 - 4 * 0.2 / 3**0.5), abs=1e-5)
    # 672 readings of 0.2 and 336 of 0.4 kWh: each home is 0.0667 × 672 from the mean of 0.2667, squared.
    february = found["2013-02", "Affluent"]
    assert february["kwh_per_household_day"] == pytest.approx(48 * 0.8 / 3, abs=1e-6)
    error = 48 * (2 * 2 * (672 / 15) ** 2) ** 0.5 / 1008
    assert february["high_kwh"] == pytest.approx(48 * 0.8 / 3 + 10 * error, abs=1e-5)
    one = found["2013-01", "Adversity"]
    assert (one["households"], one["standard_error_kwh"], one["low_kwh"], one["high_kwh"]) == (
        1,
        None,
        None,
        None,
    )


def test_a_month_of_which_no_home_has_99_percent_is_partial():
    partial = {row["month"]: row["partial"] for row in asked(MONTHLY_INTERVALS, HOMES)}
    assert partial == {"2013-01": 0, "2013-02": 1}


def test_the_plot_says_what_bands_and_grey_are_and_draws_lines_without_them_too():
    drawn = {
        question.name: plots.monthly(asked(question, HOMES))["monthly_by_acorn.svg"]
        for question in (MONTHLY_BY_ACORN, MONTHLY_INTERVALS)
    }
    said = b"bands: 95 % interval over homes; on grey: partial months"
    assert [said in picture for picture in drawn.values()] == [False, True]
