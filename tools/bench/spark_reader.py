"""spark_reader.py OUT FILE…: Spark's own reader with a typed schema → Parquet, and nothing else."""

import sys

from london_power.common.job import new_session
from pyspark.sql import SparkSession

SCHEMA = "household STRING, tariff STRING, time TIMESTAMP, kwh STRING, acorn STRING, acorn_group STRING"

out, *files = sys.argv[1:]
spark = new_session(SparkSession.builder)
rows = spark.read.schema(SCHEMA).option("header", True).csv(files)
rows = rows.withColumn("kwh", rows.kwh.cast("double"))  # "Null" becomes null
rows.write.mode("overwrite").parquet(out)
spark.stop()
