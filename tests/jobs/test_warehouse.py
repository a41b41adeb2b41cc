"""BigQuery's views answer as the analysis does. Their SQL is plain enough for Spark, but for one type's name;
what BigQuery alone understands is not tried here.
"""

import pytest
from conftest import ROOT

SQL = ROOT / "components/gcp/sql"


@pytest.fixture
def warehouse(spark, lake, sample, run_job):
    """The views over a lake that holds the sample, and what an interrupted run has left beside it."""
    run_job("ingest", "--csv", sample, "--lake", lake.root)
    spark.read.parquet(lake.path("readings")).limit(100).write.partitionBy("month").parquet(
        f"{lake.root}/readings/run=interrupted"
    )
    manifest = lake.files.read(f"{lake.root}/readings/_manifest").decode().split()
    readings = spark.read.option("basePath", f"{lake.root}/readings").parquet(*manifest)
    readings.createOrReplaceTempView("readings_files")
    for view in ("lake_readings", "household_months", "monthly_by_acorn", "std_vs_tou"):
        statement = (SQL / f"{view}.sql").read_text().replace("{{dataset}}.", "").replace("FLOAT64", "DOUBLE")
        spark.sql(statement).createOrReplaceTempView(view)
    return lake


def test_the_views_answer_as_the_analysis_does(warehouse, spark, run_job):
    assert (
        spark.table("lake_readings").count() == 248653
    )  # those of the README, without the interrupted run's
    tables = run_job("analyze", "--lake", warehouse.root)["tables"]
    for question in ("monthly_by_acorn", "std_vs_tou"):
        expected = sorted(str([row[key] for key in sorted(row)]) for row in tables[question])
        found = spark.table(question).collect()
        assert sorted(str([row[key] for key in sorted(row.asDict())]) for row in found) == expected
