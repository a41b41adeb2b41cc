"""Profiles of the day with intervals over households, by hand."""

import numpy as np
import pytest
from london_power.analyze import partials, profile_plots
from london_power.analyze.partials import GROUPS, HALF_HOURS, PARTS, TARIFF_NAMES, Sums
from london_power.analyze.question import Questions
from london_power.analyze.questions import LOAD_PROFILE, TARIFF_PROFILE

# Household, tariff, season, whether in 2013, readings of each half hour, their kWh.
HOMES = [
    (1, "Std", "winter", False, 10, 0.1),
    (1, "Std", "winter", True, 10, 0.3),
    (2, "Std", "winter", True, 30, 0.6),
    (3, "ToU", "winter", True, 20, 0.4),
    (4, "ToU", "summer", True, 20, 0.2),
]


def asked(question):
    keys, values = [], []
    for household, tariff, season, in_trial, readings, kwh in HOMES:
        kind = 2 * PARTS.index(season) + in_trial
        group = GROUPS.index("Affluent") << 1
        keys.append((household << 20) | (kind << 4) | group | TARIFF_NAMES.index(tariff))
        values.append([round(kwh * readings * 1e6)] * HALF_HOURS + [readings] * HALF_HOURS)
    profile = partials.profile_of(Sums(np.array(keys), np.array(values).T))
    tables = {"profile": partials.profile_table(profile)}
    answer = Questions(tables, lambda degrees: {1: 10, 2: 4}[degrees]).ask(question)
    return [row for row in answer.to_pylist() if row["half_hour"] == 7]


def test_a_home_counts_once_in_a_season_however_many_years_it_is_of():
    winter, summer = asked(LOAD_PROFILE)
    assert (winter["season"], winter["households"], winter["readings"]) == ("winter", 3, 70)
    # Homes used 4 kWh in 20 readings, 18 in 30 and 8 in 20; the ratio is 30 / 70.
    mean = 30 / 70
    off = [4 - 20 * mean, 18 - 30 * mean, 8 - 20 * mean]
    error = (3 / 2 * sum(each**2 for each in off)) ** 0.5 / 70
    assert winter["mean_kwh"] == pytest.approx(mean, abs=1e-6)
    assert winter["standard_error_kwh"] == pytest.approx(error, abs=1e-6)
    assert winter["high_kwh"] - winter["mean_kwh"] == pytest.approx(4 * error, abs=1e-5)
    assert (summer["season"], summer["households"], summer["low_kwh"]) == ("summer", 1, None)


def test_tariffs_are_compared_over_2013():
    standard, time_of_use = asked(TARIFF_PROFILE)
    assert (standard["tariff"], standard["households"], standard["readings"]) == ("Std", 2, 40)
    assert standard["mean_kwh"] == pytest.approx((3 + 18) / 40)
    assert (time_of_use["households"], time_of_use["readings"]) == (2, 40)
    # 8 and 4 kWh in 20 readings each: the standard error of a mean of 0.4 and 0.2.
    assert time_of_use["low_kwh"] == pytest.approx(0.3 - 10 * 0.1, abs=1e-5)
    drawn = profile_plots.by_tariff([standard, time_of_use])["tariff_profile.svg"]
    assert b"Time of use (2 homes)" in drawn
    assert profile_plots.by_tariff([]) == {}
