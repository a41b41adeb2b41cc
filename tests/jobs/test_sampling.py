import pytest
from london_power.common.errors import JobError
from london_power.common.schema import READINGS
from london_power.train import sampling


@pytest.fixture
def readings(spark):
    """Fifty households with ten readings each, one of them without a value."""
    return spark.range(500).selectExpr(
        "concat('MAC', id % 50) AS household",
        "'Std' AS tariff",
        "timestamp_seconds(1356998400 + 1800 * (id div 50)) AS time",
        "if(id < 50, null, 0.5) AS kwh",
        "'ACORN-A' AS acorn",
        "if(id % 50 < 20, 'Affluent', 'Adversity') AS acorn_group",
        "'2013-01' AS month",
    )


def test_a_sample_holds_whole_households_no_more_rows_than_asked_for_and_says_its_share(readings):
    seen = sampling.survey(readings)
    assert (seen.first.isoformat(), seen.last.isoformat()) == ("2013-01-01T00:30:00", "2013-01-01T04:30:00")
    sample = sampling.choose(seen.counts, 200)
    assert sample.report["rows_used"] == 10 * sample.report["households_used"] <= 200
    assert sample.report["share"] == sample.report["households_used"] / 50
    assert sample.report["rows"] == 500
    assert sample.report["rows_null"] == sample.report["households_used"]
    assert sum(sample.report["households_by_group"].values()) == sample.report["households_used"]
    picked = sample.of(readings).groupBy("household").count().collect()
    assert [row["count"] for row in picked] == [10] * sample.report["households_used"]


def test_a_smaller_sample_is_part_of_a_larger_one_and_all_fit_where_there_is_room(readings):
    counts = sampling.survey(readings).counts
    small, large = (
        {row.household for row in sampling.choose(counts, most).of(readings).distinct().collect()}
        for most in (100, 300)
    )
    assert small < large
    assert sampling.choose(counts, 500).of(readings).count() == 500


def test_there_is_always_a_household(readings):
    assert sampling.choose(sampling.survey(readings).counts, 1).report["households_used"] >= 1


def test_readings_without_any_value_are_refused(spark):
    with pytest.raises(JobError, match="the lake holds no reading with a value"):
        sampling.survey(spark.createDataFrame([], READINGS))
