import pytest
from london_power.train import acorn


class NoStages:
    def stage(self, text: str) -> None:
        pass


@pytest.fixture
def homes(spark):
    """homes(n): n households of each group over two days. The affluent use twice as much, the comfortable
    three times as much in the evening.
    """

    def make(count: int):
        return spark.range(3 * count * 96).selectExpr(
            "concat('MAC', id div 96) AS household",
            "timestamp_seconds(1356998400 + 1800 * (id % 96)) AS time",
            f"element_at(array('Affluent', 'Comfortable', 'Adversity'), int(id div 96 div {count}) + 1)"
            " AS acorn_group",
            f"double(if(id div 96 div {count} = 0, 2, 1)"
            f" * if(id div 96 div {count} = 1 AND id % 48 >= 40, 3, 1)"
            " * (1 + 0.01 * (id % 7))) AS kwh",
        )

    return make


def test_groups_that_differ_are_told_apart_for_households_not_seen_in_training(homes):
    found = acorn.classify(NoStages(), homes(6))
    assert min(found["accuracy"], found["macro_f1"]) > 0.8
    assert {group: sum(told.values()) for group, told in found["confusion"].items()} == found["households"]
    right = sum(found["confusion"][group][group] for group in found["households"])
    assert found["accuracy"] == pytest.approx(right / 18, abs=1e-6)
    assert found["baseline"] == {
        "always": "Affluent",
        "accuracy": pytest.approx(1 / 3, abs=1e-6),
        "macro_f1": pytest.approx(1 / 6, abs=1e-6),
    }


def test_too_few_households_are_said_to_be(homes):
    found = acorn.classify(NoStages(), homes(2))
    assert found["skipped"] == (
        "6 households in 3 groups: there is nothing to learn from fewer than 8 in two"
    )
    assert "accuracy" not in found


def test_a_profile_is_the_level_and_shares_of_it(homes):
    (row,) = acorn.profiles(homes(1)).where("acorn_group = 'Comfortable'").collect()
    assert row.level == pytest.approx(1.03 * 64 / 48, abs=0.02)
    assert row.half_hour_10 == pytest.approx(1.03 / row.level, abs=0.05)
    assert row.half_hour_45 == pytest.approx(3 * 1.03 / row.level, abs=0.1)
    assert (row.weekend, row.summer) == (1.0, 1.0)  # there was neither
    assert row.winter == pytest.approx(1.0)
