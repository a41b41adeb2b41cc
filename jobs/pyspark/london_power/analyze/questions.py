"""The questions of consumption and tariff in DataFrame syntax; statements.py asks all of them in SQL.

kWh are summed as whole numbers, in units of 0.000001 kWh: such a sum does not depend on the order of the
rows, so every target prints the same digits. Everything is rounded to 6 decimals.
"""

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from ..common.answers import MONTHLY, TARIFFS

# Sorts "all", the whole, before its parts, which keep their order by name.
ORDER = {
    MONTHLY: ["month", "acorn_group"],
    TARIFFS: ["period <> 'all'", "period", "acorn_group <> 'all'", "acorn_group"],
}

# A reading in units of 0.000001 kWh: since none is negative, cutting off after adding a half rounds it.
MICRO_KWH = "CAST(kwh * 1000000 + 0.5 AS BIGINT)"


def household_days(readings: DataFrame) -> DataFrame:
    """Readings → one row per month, Acorn group, tariff, household and day: micro_kwh, readings (not null)
    and stored (with those that are null).

    A 48th of the readings, and all that the questions need but for the time of day.
    """
    day = F.to_date("time").alias("day")
    return readings.groupBy("month", "acorn_group", "tariff", "household", day).agg(
        F.expr(f"sum({MICRO_KWH})").alias("micro_kwh"),
        F.count("kwh").alias("readings"),
        F.count("*").alias("stored"),
    )


def household_months(readings: DataFrame) -> DataFrame:
    """Readings → one row per month, Acorn group, tariff and household: micro_kwh, readings (not null), days
    with a reading.

    Small: 5,560 households × 28 months at most.
    """
    return months_of(household_days(readings))


def months_of(days: DataFrame) -> DataFrame:
    """household_days → household_months."""
    return (
        days.where("readings > 0")
        .groupBy("month", "acorn_group", "tariff", "household")
        .agg(
            F.sum("micro_kwh").alias("micro_kwh"),
            F.sum("readings").alias("readings"),
            F.count("day").alias("days"),
        )
    )


def monthly_by_acorn(months: DataFrame) -> DataFrame:
    """Consumption by month and Acorn group: households, readings, total_kwh, mean_kwh (per half hour),
    kwh_per_household_day (a day counts for a household that has a reading on it)."""
    total, readings = F.sum("micro_kwh") / 1e6, F.sum("readings")
    return months.groupBy("month", "acorn_group").agg(
        F.countDistinct("household").alias("households"),
        readings.alias("readings"),
        _rounded(total).alias("total_kwh"),
        _rounded(total / readings).alias("mean_kwh"),
        _rounded(total / F.sum("days")).alias("kwh_per_household_day"),
    )


def std_vs_tou(months: DataFrame) -> DataFrame:
    """Standard (std_…) beside time-of-use tariff (tou_…) by period and Acorn group; measures as in
    monthly_by_acorn.

    "all" stands for every period or every group. The time-of-use prices applied in 2013 only, so "before"
    shows how far the two groups of homes differed without them. difference_percent is that of mean kWh per
    half hour, relative to standard.
    """
    period = (
        F.when(F.col("month") < "2013", "before").when(F.col("month") < "2014", "trial").otherwise("after")
    )
    mean = {tariff: _mean(tariff) for tariff in ("Std", "ToU")}
    return (
        months.withColumn("period", period)
        .cube("period", "acorn_group")
        .agg(
            *_measures("Std"),
            *_measures("ToU"),
            _rounded((mean["ToU"] / mean["Std"] - 1) * 100).alias("difference_percent"),
        )
        .fillna("all", ["period", "acorn_group"])
    )


def _measures(tariff: str) -> list[Column]:
    prefix = tariff.lower()
    return [
        F.countDistinct(_of(tariff, "household")).alias(f"{prefix}_households"),
        F.coalesce(F.sum(_of(tariff, "readings")), F.lit(0)).alias(f"{prefix}_readings"),
        _rounded(_kwh(tariff)).alias(f"{prefix}_total_kwh"),
        _rounded(_mean(tariff)).alias(f"{prefix}_mean_kwh"),
        _rounded(_kwh(tariff) / F.sum(_of(tariff, "days"))).alias(f"{prefix}_kwh_per_household_day"),
    ]


def _mean(tariff: str) -> Column:
    return _kwh(tariff) / F.sum(_of(tariff, "readings"))


def _kwh(tariff: str) -> Column:
    return F.sum(_of(tariff, "micro_kwh")) / 1e6


def _of(tariff: str, column: str) -> Column:
    return F.when(F.col("tariff") == tariff, F.col(column))


def _rounded(value: Column) -> Column:
    return F.round(value, 6)
