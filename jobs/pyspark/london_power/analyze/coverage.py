"""How complete the readings are, household by household and in sum."""

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F


def household_coverage(days: DataFrame) -> DataFrame:
    """household_days → one row per household: first_day, last_day, readings (not null), missing (stored
    without a value), expected (48 for each day from the first to the last), coverage_percent,
    days_incomplete (days with some readings, but fewer than 48), gaps (stretches of whole days without any)
    and longest_gap_days.

    Of a household with several tariffs or Acorn groups, which is a fault of the data, the first by name.
    """
    by_day = days.groupBy("household", "day").agg(
        F.min("acorn_group").alias("acorn_group"),
        F.min("tariff").alias("tariff"),
        F.sum("readings").alias("readings"),
        F.sum("stored").alias("stored"),
    )
    read = F.col("readings") > 0
    # The last day with a reading before this one; on a day without, it does not count.
    before = F.max(F.when(read, F.col("day"))).over(
        Window.partitionBy("household").orderBy("day").rowsBetween(Window.unboundedPreceding, -1)
    )
    gap = F.when(read, F.datediff("day", before) - 1)
    expected = 48 * (F.datediff(F.max("day"), F.min("day")) + 1)
    return (
        by_day.withColumn("gap", gap)
        .groupBy("household")
        .agg(
            F.min("acorn_group").alias("acorn_group"),
            F.min("tariff").alias("tariff"),
            F.min("day").alias("first_day"),
            F.max("day").alias("last_day"),
            F.sum("readings").alias("readings"),
            F.sum(F.col("stored") - F.col("readings")).alias("missing"),
            expected.alias("expected"),
            F.round(100 * F.sum("readings") / expected, 6).alias("coverage_percent"),
            F.count_if((F.col("readings") > 0) & (F.col("readings") < 48)).alias("days_incomplete"),
            F.count_if(F.col("gap") > 0).alias("gaps"),
            F.coalesce(F.max("gap"), F.lit(0)).alias("longest_gap_days"),
        )
    )


def data_quality(coverage: DataFrame) -> DataFrame:
    """household_coverage in sum, by Acorn group; "all" stands for every group. lowest_coverage_percent is
    that of one household, complete_households have 99 % or more.
    """
    sums = ["readings", "missing", "expected", "days_incomplete", "gaps"]
    return (
        coverage.cube("acorn_group")
        .agg(
            F.count("*").alias("households"),
            F.min("first_day").alias("first_day"),
            F.max("last_day").alias("last_day"),
            *[F.sum(name).alias(name) for name in sums],
            F.round(100 * F.sum("readings") / F.sum("expected"), 6).alias("coverage_percent"),
            F.min("coverage_percent").alias("lowest_coverage_percent"),
            F.count_if(F.col("coverage_percent") >= 99).alias("complete_households"),
            F.max("longest_gap_days").alias("longest_gap_days"),
        )
        .fillna("all", ["acorn_group"])
    )
