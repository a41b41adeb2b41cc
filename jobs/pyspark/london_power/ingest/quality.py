"""Turns rows of text into typed readings, and says of every row that is none why not."""

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from ..common.schema import ACORN_GROUPS, CSV_COLUMNS, TARIFFS

# A British home's main fuse passes 100 A at 230 V, 11.5 kWh in half an hour; twice that is no reading of a
# household.
MAX_KWH = 23.0

# Why a row is no reading, in the order in which it is asked; beside these there is "conflict", see settle.
REASONS = [
    "columns",
    "household",
    "tariff",
    "time",
    "kwh_not_a_number",
    "kwh_negative",
    "kwh_absurd",
    "acorn",
    "acorn_group",
]

# Stricter than a cast, which also takes "NaN", "Infinity" and "1d".
_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_TIME = r"^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,9})?$"


def check(raw: DataFrame) -> DataFrame:
    """Rows of source.read_csv → schema.READINGS plus `reason` (null if good), `file` and `row` (the text).

    "Null" is how the publisher writes a missing reading: a good row without kWh. Blanks around values do
    not count.
    """
    text = {name: F.trim(F.coalesce(F.col(name), F.lit(""))) for name in CSV_COLUMNS}
    time = F.when(text["time"].rlike(_TIME), F.to_timestamp(text["time"]))
    missing = F.lower(text["kwh"]) == "null"
    kwh = F.when(text["kwh"].rlike(_NUMBER), text["kwh"].cast("double"))
    row = F.concat_ws(",", *[F.coalesce(F.col(name), F.lit("")) for name in CSV_COLUMNS])
    typed = raw.select(
        text["household"].alias("household"),
        text["tariff"].alias("tariff"),
        time.alias("time"),
        kwh.alias("kwh"),
        text["acorn"].alias("acorn"),
        text["acorn_group"].alias("acorn_group"),
        F.date_format(time, "yyyy-MM").alias("month"),
        F.coalesce(F.col("malformed"), row).alias("row"),
        "file",
        F.col("malformed").isNotNull().alias("malformed"),
        missing.alias("missing"),
    )
    reason = F.coalesce(*[F.when(_rules()[name], F.lit(name)) for name in REASONS])
    return typed.select("*", reason.alias("reason")).drop("malformed", "missing")


def settle(checked: DataFrame) -> DataFrame:
    """Good rows with their `fate`: 'stored', 'duplicate' or 'conflict'.

    A row equal to another in all six values is a duplicate. Of rows that give one household different values
    for one time, one is stored: a reading before a missing one, then the lowest kWh. Which is right cannot be
    known; the lowest claims the least, and the choice is the same on every run. The others are conflicts.
    """
    # The month follows from the time, so it changes no window, but lets one shuffle serve the table's
    # partitions too.
    values = [F.col("kwh").asc_nulls_last(), "tariff", "acorn", "acorn_group"]
    instant = Window.partitionBy("month", "household", "time").orderBy(*values)
    rank = F.rank().over(instant)  # equal rows share a rank …
    copy = F.row_number().over(instant) - rank  # … and are numbered within it, from 0
    fate = F.when(copy > 0, "duplicate").when(rank == 1, "stored").otherwise("conflict")
    return checked.where("reason IS NULL").repartition("month").withColumn("fate", fate)


def unreadable(checked: DataFrame) -> DataFrame:
    """The rows that are no readings, as schema.QUARANTINE."""
    return checked.where("reason IS NOT NULL").select("reason", "file", "row", _no_line())


def conflicts(settled: DataFrame) -> DataFrame:
    """The readings that gave way to another of the same household and time, as schema.QUARANTINE."""
    return settled.where("fate = 'conflict'").select(F.col("fate").alias("reason"), "file", "row", _no_line())


def _no_line() -> Column:
    return F.lit(None).cast("long").alias("line")


def _rules() -> dict[str, Column]:
    """For each of REASONS what must not hold of a row, on the typed columns."""
    return {
        "columns": F.col("malformed"),
        "household": ~F.col("household").rlike(r"^MAC\d{6}$"),
        "tariff": ~F.col("tariff").isin(TARIFFS),
        "time": F.col("time").isNull(),
        "kwh_not_a_number": F.col("kwh").isNull() & ~F.col("missing"),
        "kwh_negative": F.col("kwh") < 0,
        "kwh_absurd": F.col("kwh") > MAX_KWH,
        "acorn": ~F.col("acorn").rlike("^ACORN-[A-QU]?$"),
        "acorn_group": ~F.col("acorn_group").isin(ACORN_GROUPS),
    }
