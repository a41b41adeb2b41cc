"""The columns of the published files and of the lake's tables."""

from pyspark.sql.types import DoubleType, LongType, StringType, StructField, StructType, TimestampType

# As published by the London Datastore, "SmartMeter Energy Consumption Data in London Households"; trimmed.
CSV_HEADER = ["LCLid", "stdorToU", "DateTime", "KWH/hh (per half hour)", "Acorn", "Acorn_grouped"]

# The same columns under names that are easy to type.
CSV_COLUMNS = ["household", "tariff", "time", "kwh", "acorn", "acorn_group"]

TARIFFS = ["Std", "ToU"]

# Adversity to Affluent are CACI's Acorn groups; "ACORN-U" (unclassified) and "ACORN-" (none) stand in the
# published set too.
ACORN_GROUPS = ["Affluent", "Comfortable", "Adversity", "ACORN-U", "ACORN-"]

# time: the published time, taken as it is and stored as if it were UTC; stamps.py has what it means. kwh: kWh
# used in that half hour, null if missing.
READINGS = StructType(
    [
        StructField("household", StringType()),
        StructField("tariff", StringType()),
        StructField("time", TimestampType()),
        StructField("kwh", DoubleType()),
        StructField("acorn", StringType()),
        StructField("acorn_group", StringType()),
        StructField("month", StringType()),
    ]
)

# reason: one of REASONS in ingest's rules, or "conflict"; row: the text of the row as it stands in the file;
# line: its number there from 1.
QUARANTINE = StructType(
    [
        *(StructField(name, StringType()) for name in ("reason", "file", "row")),
        StructField("line", LongType()),
    ]
)
