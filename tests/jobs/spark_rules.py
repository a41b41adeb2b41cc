"""The rules of ingest in Spark's own words, written apart from the product's: the tests' oracle."""

from london_power.common.files import Files
from london_power.common.schema import ACORN_GROUPS, CSV_COLUMNS, READINGS, TARIFFS
from london_power.ingest.rules import MAX_KWH, REASONS
from london_power.ingest.source import find, literal
from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F
from pyspark.sql.types import StringType, StructField, StructType

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


def answer(spark: SparkSession, files: list) -> tuple[dict, DataFrame, DataFrame]:
    """What ingest must make of the files: its counts, the readings; reason, file, row of the quarantine."""
    checked = check(read_csv(spark, [str(file) for file in files])).persist()
    settled = settle(checked).persist()
    fates = {row.fate: row["count"] for row in settled.groupBy("fate").count().collect()}
    stored = settled.where("fate = 'stored'").select(*READINGS.names)
    quarantine = unreadable(checked).union(conflicts(settled)).select("reason", "file", "row")
    reasons = {row.reason: row["count"] for row in quarantine.groupBy("reason").count().collect()}
    summary = stored.selectExpr(
        "count(*) AS rows_stored",
        "count_if(kwh IS NULL) AS rows_null",
        "count(DISTINCT household) AS households",
        "date_format(min(time), \"yyyy-MM-dd'T'HH:mm:ss\") AS first_time",
        "date_format(max(time), \"yyyy-MM-dd'T'HH:mm:ss\") AS last_time",
    ).first()
    counts = {
        "rows_read": checked.count(),
        "rows_quarantined": sum(reasons.values()),
        "quarantine_reasons": reasons,
        "rows_duplicate": fates.get("duplicate", 0),
        "rows_conflicting": fates.get("conflict", 0),
    }
    return counts | summary.asDict(), stored, quarantine


def read_csv(spark: SparkSession, patterns: list[str]) -> DataFrame:
    """All rows of the files as text: the six columns, `malformed` (the row, if it has not six columns) and
    `file`.
    """
    files = find(Files(spark), patterns)
    schema = StructType([StructField(name, StringType()) for name in [*CSV_COLUMNS, "malformed"]])
    reader = spark.read.schema(schema).option("header", True).option("mode", "PERMISSIVE")
    reader = reader.option("columnNameOfCorruptRecord", "malformed")
    return (
        reader.csv([literal(file.uri) for file in files])
        .select("*", "_metadata.file_path")
        .toDF(*CSV_COLUMNS, "malformed", "file")
    )
