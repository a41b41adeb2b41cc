"""What the time-of-use tariff did to consumption, with a 95 % confidence interval.

The readings of a household are far from independent, so a household counts as one observation: its mean, or
its change from the year before. Two ways to compare the tariffs' households:

    trial_year         mean kWh per half hour in 2013. Homes chose their tariff, so it also holds what the
                       choosers were like before.
    change_from_2012   the change of that mean from 2012 to 2013, over those months of the year in which the
                       household has readings in both: a difference in differences, free of what was always
                       different, and of the season.

Collapsing to one value for a household before comparing is what makes the interval hold under correlation
within households (Bertrand, Duflo and Mullainathan, "How Much Should We Trust Differences-in-Differences
Estimates?", Quarterly Journal of Economics 119, 2004, section IV.C); the interval is Welch's, for unequal
variances ("The generalization of Student's problem …", Biometrika 34, 1947).
"""

from math import sqrt

from pyspark.sql import DataFrame, Row
from pyspark.sql import functions as F
from pyspark.sql.types import DoubleType, LongType, StringType, StructField, StructType

from ..common.answers import METHODS

# Prices depended on the time in 2013 only.
BEFORE, TRIAL = "2012", "2013"

_COUNTS = ["std_households", "tou_households"]
_VALUES = [
    *("std_mean_kwh", "tou_mean_kwh", "effect_kwh", "standard_error_kwh", "degrees_of_freedom"),
    *("low_kwh", "high_kwh", "effect_percent", "low_percent", "high_percent"),
]
SCHEMA = StructType(
    [
        *(StructField(name, StringType()) for name in ("method", "acorn_group")),
        *(StructField(name, LongType()) for name in _COUNTS),
        *(StructField(name, DoubleType()) for name in _VALUES),
    ]
)


def tariff_moments(months: DataFrame) -> DataFrame:
    """household_months → for each method and Acorn group ("all" for every group) and either tariff the
    households, and mean and variance of their values; tou_level_kwh is the ToU homes' mean in the trial year.
    """

    def sums(year: str, column: str):
        return F.sum(F.when(F.substring("month", 1, 4) == year, F.col(column)))

    by_month = months.groupBy("household", "acorn_group", "tariff", F.substring("month", 6, 2)).agg(
        sums(BEFORE, "micro_kwh").alias("before_kwh"),
        sums(BEFORE, "readings").alias("before_readings"),
        sums(TRIAL, "micro_kwh").alias("trial_kwh"),
        sums(TRIAL, "readings").alias("trial_readings"),
    )
    homes = ["household", "acorn_group", "tariff"]
    trial = F.sum("trial_kwh") / 1e6 / F.sum("trial_readings")
    before = F.sum("before_kwh") / 1e6 / F.sum("before_readings")
    in_trial = by_month.groupBy(*homes).agg(trial.alias("value"), trial.alias("level"))
    changed = (
        by_month.where("before_readings IS NOT NULL AND trial_readings IS NOT NULL")
        .groupBy(*homes)
        .agg((trial - before).alias("value"), trial.alias("level"))
    )
    values = in_trial.withColumn("method", F.lit(METHODS[0])).unionByName(
        changed.withColumn("method", F.lit(METHODS[1]))
    )
    of = {tariff: F.when(F.col("tariff") == tariff, F.col("value")) for tariff in ("Std", "ToU")}
    level = F.avg(F.when(F.col("tariff") == "ToU", F.col("level")))
    return (
        values.where("value IS NOT NULL")
        .cube("method", "acorn_group")
        .agg(
            *[F.count(value).alias(f"{name.lower()}_households") for name, value in of.items()],
            *[F.avg(value).alias(f"{name.lower()}_mean") for name, value in of.items()],
            *[F.variance(value).alias(f"{name.lower()}_variance") for name, value in of.items()],
            level.alias("tou_level"),
        )
        .where("method IS NOT NULL")
        .fillna("all", ["acorn_group"])
    )


def with_intervals(moments: DataFrame) -> DataFrame:
    """tariff_moments → tariff_effect, as SCHEMA: mean of ToU less that of Std, its standard error and 95 %
    interval. Per cents are relative to what the ToU homes would have used without the effect, taken as known.
    Null where a tariff has no household; without interval where one has a single one.
    """
    spark = moments.sparkSession
    student = spark.sparkContext._jvm.org.apache.commons.math3.distribution.TDistribution

    def quantile(degrees: float) -> float:
        return student(degrees).inverseCumulativeProbability(0.975)

    # A dozen rows at most: methods × groups.
    return spark.createDataFrame([_effect(row, quantile) for row in moments.collect()], SCHEMA)


def _effect(row: Row, quantile) -> tuple:
    values = dict.fromkeys(_VALUES)
    values |= {"std_mean_kwh": row.std_mean, "tou_mean_kwh": row.tou_mean}
    if row.std_households and row.tou_households:
        values["effect_kwh"] = row.tou_mean - row.std_mean
    if min(row.std_households, row.tou_households) > 1:
        parts = [row.std_variance / row.std_households, row.tou_variance / row.tou_households]
        if sum(parts) > 0:
            counts = [row.std_households, row.tou_households]
            degrees = sum(parts) ** 2 / sum(
                part**2 / (count - 1) for part, count in zip(parts, counts, strict=True)
            )
            reach = quantile(degrees) * sqrt(sum(parts))
            values |= {
                "standard_error_kwh": sqrt(sum(parts)),
                "degrees_of_freedom": degrees,
                "low_kwh": values["effect_kwh"] - reach,
                "high_kwh": values["effect_kwh"] + reach,
            }
    base = row.tou_level - values["effect_kwh"] if values["effect_kwh"] is not None else 0
    if base > 0:
        for name in ("effect", "low", "high"):
            kwh = values[f"{name}_kwh"]
            values[f"{name}_percent"] = None if kwh is None else 100 * kwh / base
    rounded = [None if value is None else round(value, 6) for value in values.values()]
    return (row.method, row.acorn_group, row.std_households, row.tou_households, *rounded)
