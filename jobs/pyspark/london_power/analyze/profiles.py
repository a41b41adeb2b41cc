"""The load profile: how much is used at which time of the day."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from .questions import MICRO_KWH

SEASON = (
    "CASE WHEN substr(month, 6) IN ('12', '01', '02') THEN 'winter'"
    " WHEN substr(month, 6) IN ('03', '04', '05') THEN 'spring'"
    " WHEN substr(month, 6) IN ('06', '07', '08') THEN 'summer' ELSE 'autumn' END"
)
# 0 for the reading of 00:00 to 47 for that of 23:30; without the detour of a calendar, for speed.
HALF_HOUR = "CAST(pmod(unix_micros(time) div 1800000000, 48) AS INT)"


def load_profile(readings: DataFrame, months: DataFrame) -> DataFrame:
    """Mean kWh per half hour by season, Acorn group and half hour of the day, with the readings (not null)
    that it is of, and the households that have any in this season: 960 rows at most.
    """
    season = F.expr(SEASON).alias("season")
    homes = months.groupBy(season, "acorn_group").agg(F.countDistinct("household").alias("households"))
    profile = (
        readings.where("kwh IS NOT NULL")
        .groupBy(season, "acorn_group", F.expr(HALF_HOUR).alias("half_hour"))
        .agg(F.count("kwh").alias("readings"), F.expr(f"sum({MICRO_KWH})").alias("micro_kwh"))
    )
    return profile.join(F.broadcast(homes), ["season", "acorn_group"]).select(
        "season",
        "acorn_group",
        "half_hour",
        "households",
        "readings",
        F.round(F.col("micro_kwh") / 1e6 / F.col("readings"), 6).alias("mean_kwh"),
    )
