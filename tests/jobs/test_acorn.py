import pytest
from london_power.models import acorn


class NoStages:
    def stage(self, text: str) -> None:
        pass


@pytest.fixture
def homes(spark):
    """homes(n): n households of each group over two days. The affluent use twice as much, the others differ by
    the evening.
    """

    def make(count: int):
        return spark.range(3 * count * 96).selectExpr(
            "concat('MAC', id div 96) AS household",
            "timestamp_seconds(1356998400 + 1800 * (id % 96)) AS time",
            f"element_at(array('Affluent', 'Comfortable', 'Adversity'), int(id div 96 div {count}) + 1)"
            " AS acorn_group",
            f"if(id div 96 div {count} = 0, 2.0, 1.0)"
            f" * if(id div 96 div {count} = 1 AND id % 48 >= 40, 3.0, 1.0)"
            " * (1 + 0.1 * (hash(id) % 10) / 10) AS kwh",
        )

    return make


def test_groups_that_differ_are_told_apart_for_households_not_seen_in_training(homes):
    found = acorn.classify(NoStages(), homes(6))
    assert found["accuracy"] == found["macro_f1"] == 1.0
    assert found["confusion"]["Comfortable"] == {"Affluent": 0, "Comfortable": 6, "Adversity": 0}
    assert found["baseline"] == {
        "always": "Affluent",
        "accuracy": pytest.approx(1 / 3, abs=1e-6),
        "macro_f1": pytest.approx(1 / 6, abs=1e-6),
    }


def test_too_few_households_are_said_to_be(homes):
    found = acorn.classify(NoStages(), homes(2))
    assert found["skipped"].startswith(
        "6 households in 3 groups: there is nothing to learn from fewer than 8"
    )
    assert "accuracy" not in found


def test_a_profile_is_the_level_and_shares_of_it(homes):
    (row,) = acorn.profiles(homes(1)).where("acorn_group = 'Comfortable'").collect()
    assert row.level == pytest.approx(1.33, abs=0.1)
    assert row.half_hour_10 == pytest.approx(1 / row.level, abs=0.1)
    assert row.half_hour_45 == pytest.approx(3 / row.level, abs=0.2)
    assert (row.weekend, row.summer) == (1.0, 1.0)  # there was neither
    assert row.winter == pytest.approx(1.0)
