import numpy as np
import pytest
from london_power.train import acorn
from london_power.train.scan import SEASONS, SUMS


def homes(count):
    """Households, groups and profiles of two winter days: `count` of each group. The affluent use twice as
    much, the comfortable three times as much in the evening.
    """
    names = [f"MAC{n:06d}" for n in range(3 * count)]
    group = np.repeat(np.arange(3), count)
    kwh = np.where(group == 0, 2.0, 1.0)[:, None] * np.ones(48)
    kwh = kwh * np.where((group == 1)[:, None] & (np.arange(48) >= 40), 3.0, 1.0)
    kwh *= 1 + 0.01 * np.random.default_rng(1).integers(0, 7, kwh.shape)
    profile = np.zeros((len(names), SUMS, 2), np.int64)
    profile[:, :48, 0], profile[:, :48, 1] = 2 * kwh * 1e6, 2
    profile[:, SEASONS, 0], profile[:, SEASONS, 1] = profile[:, :48, 0].sum(1), 96
    return names, group, profile


def test_groups_that_differ_are_told_apart_for_households_not_seen_in_training():
    found = acorn.classify(*homes(6))
    assert min(found["accuracy"], found["macro_f1"]) > 0.8
    assert {group: sum(told.values()) for group, told in found["confusion"].items()} == found["households"]
    right = sum(found["confusion"][group][group] for group in found["households"])
    assert found["accuracy"] == pytest.approx(right / 18, abs=1e-6)
    assert found["baseline"] == {
        "always": "Affluent",
        "accuracy": pytest.approx(1 / 3, abs=1e-6),
        "macro_f1": pytest.approx(1 / 6, abs=1e-6),
    }
    assert found["better"] is True


def test_groups_that_do_not_differ_are_told_no_better_than_by_the_most_frequent():
    names, group, profile = homes(40)
    shuffled = np.random.default_rng(2).permutation(profile)
    found = acorn.classify(names, np.where(np.arange(120) < 80, 0, group), shuffled)
    assert found["baseline"]["accuracy"] == pytest.approx(80 / 120, abs=1e-6)
    assert found["better"] is False


def test_a_gain_of_a_few_households_is_none():
    label, constant = np.arange(11) % 3, np.zeros(11, int)
    told = np.where(label == 1, 1, 0)
    assert acorn._better(told, constant, label) is True
    told[4:] = 0  # right for one home more than the most frequent group
    assert acorn._better(told, constant, label) is False


def test_too_few_households_are_said_to_be():
    found = acorn.classify(*homes(2))
    assert found["skipped"] == (
        "6 households in 3 groups: there is nothing to learn from fewer than 8 in two"
    )
    assert "accuracy" not in found


def test_households_of_no_group_and_those_without_readings_are_left_out():
    names, group, profile = homes(6)
    profile[0] = 0
    group[1] = 3
    assert acorn.classify(names, group, profile)["households"] == {
        "Affluent": 4,
        "Comfortable": 6,
        "Adversity": 6,
    }


def test_a_profile_is_the_level_and_shares_of_it():
    level, *shares = acorn.features(homes(1)[2])[1]
    kwh = np.exp(level)
    assert kwh == pytest.approx(1.03 * 64 / 48, abs=0.02)
    four_hours, weekend, seasons = shares[:6], shares[6], shares[7:]
    assert four_hours[1] == pytest.approx(1.03 / kwh, abs=0.05)
    assert four_hours[5] == pytest.approx(3 * 1.03 / kwh, abs=0.1)
    assert seasons[0] == pytest.approx(1.0)
    assert (weekend, seasons[2]) == (1.0, 1.0)  # there was neither
