import numpy as np
import pytest
from london_power.common.schema import ACORN_GROUPS
from london_power.train.scan import HALF_HOURS, SUMS
from london_power.train.segment_plot import segment_plot
from london_power.train.segments import segment

HOURS = np.arange(HALF_HOURS) / 2
# At night, in the morning and in the evening.
KINDS = [1 + 2 * np.exp(-((HOURS - hour) ** 2) / 4) for hour in (3, 8, 19)]


def profiles(homes: dict[int, int], days: int = 60):
    """So many homes of each kind, of all levels and with noise: their kinds, groups and profiles."""
    draw = np.random.default_rng(1)
    kind = np.repeat(list(homes), list(homes.values()))
    shape = np.stack([KINDS[n] for n in kind]) * draw.normal(1, 0.1, (len(kind), HALF_HOURS))
    level = draw.uniform(0.05, 2, len(kind))[:, None]
    profile = np.zeros((len(kind), SUMS, 2), np.int64)
    profile[:, :HALF_HOURS, 0] = level * shape * days * 1e6
    profile[:, :HALF_HOURS, 1] = days
    return kind, np.where(kind == 0, ACORN_GROUPS.index("Adversity"), 0), profile


def test_homes_of_the_same_shape_of_day_are_one_segment_whatever_they_use():
    kind, group, profile = profiles({1: 12, 2: 30, 0: 20})
    made = segment(group, profile)
    expected = np.select([kind == 2, kind == 0], [1, 2], 3)  # the largest is the first
    assert (made.of == expected).all()
    found = made.found["segments"]
    assert [each["households"] for each in found] == [30, 20, 12]
    assert [each["groups"] for each in found] == [{"Affluent": 1.0}, {"Adversity": 1.0}, {"Affluent": 1.0}]
    for each, of_kind in zip(found, (KINDS[2], KINDS[0], KINDS[1]), strict=True):
        assert each["shape"] == pytest.approx(of_kind / of_kind.mean(), abs=0.15)
    ratios = made.found["variance_ratios"]
    assert max(ratios, key=ratios.get) == "3"
    assert segment_plot(found).startswith(b"\x89PNG")


def test_a_home_with_few_days_is_of_no_segment_and_of_few_homes_there_are_none():
    _, group, profile = profiles({1: 5, 2: 4})
    profile[4, 7, 1] = 27
    made = segment(group, profile)
    assert made.of.tolist() == [1, 1, 1, 1, 0, 2, 2, 2, 2]
    assert (made.found["households"], made.found["left_out"]) == (8, 1)
    assert list(made.found["variance_ratios"]) == ["2"], "four homes a segment"
    few = segment(group[1:], profile[1:])
    assert few.found == {"skipped": "7 households with 28 days: there is little to part in fewer than 8"}
    assert not few.of.any()
