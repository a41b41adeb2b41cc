"""spark_archive.py FILE: writes an archive of Spark's classes, loaded and verified: half the time to start.

The JVM takes it by `-XX:SharedArchiveFile=FILE`, and runs without it where jars or Java have changed since
(class data sharing, https://docs.oracle.com/en/java/javase/17/vm/class-data-sharing.html). Runs in the
environment of the jobs, with SPARK_HOME and JAVA_HOME set.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path


def main(archive: str) -> None:
    # Java's own classes: the archive builds on theirs, which not every Java brings.
    subprocess.run([f"{os.environ['JAVA_HOME']}/bin/java", "-Xshare:dump", "-Xlog:disable"], check=True)
    options = f"-XX:ArchiveClassesAtExit={archive} -XX:TieredStopAtLevel=1 -Xlog:disable"
    conf = ["--conf", "spark.ui.enabled=false", "--conf", f"spark.driver.extraJavaOptions={options}"]
    submit = f"{os.environ['SPARK_HOME']}/bin/spark-submit"
    subprocess.run([submit, "--master", "local[2]", *conf, __file__, "--work"], check=True)
    if not Path(archive).exists():
        sys.exit(f"{archive} was not written")


def work() -> None:
    """Whatever the jobs do, in small: what has been loaded by its end is in the archive."""
    from pyspark.ml import Pipeline
    from pyspark.ml.feature import StringIndexer, VectorAssembler
    from pyspark.ml.regression import GBTRegressor, LinearRegression
    from pyspark.sql import SparkSession, Window
    from pyspark.sql import functions as F

    spark = SparkSession.builder.config("spark.sql.shuffle.partitions", 2).getOrCreate()
    with tempfile.TemporaryDirectory() as folder:
        hours = F.timestamp_seconds(F.col("id") * 1800)
        made = spark.range(500).select(
            "id", hours.alias("at"), (F.col("id") % 3).cast("string").alias("kind")
        )
        made.write.csv(f"{folder}/csv", header=True)
        read = spark.read.csv(f"{folder}/csv", header=True, schema=made.schema)
        read.write.partitionBy("kind").parquet(f"{folder}/parquet")
        lake = spark.read.parquet(f"{folder}/parquet")
        same = lake.rdd.mapPartitions(list).toDF(lake.schema)  # through Python's workers
        order = Window.partitionBy("kind").orderBy("at")
        lagged = same.withColumn("before", F.lag("id").over(order)).na.fill(0).cache()
        lagged.createOrReplaceTempView("lagged")
        sums = spark.sql(
            "SELECT kind, month(at) AS month, avg(id) AS mean FROM lagged GROUP BY ALL ORDER BY ALL"
        )
        joined = lagged.join(F.broadcast(sums), "kind").join(
            spark.createDataFrame(sums.collect(), sums.schema), "kind"
        )
        assert joined.count() > 0
        parts = [
            StringIndexer(inputCol="kind", outputCol="k"),
            VectorAssembler(inputCols=["before", "k"], outputCol="x"),
        ]
        for model in LinearRegression, GBTRegressor:
            fitted = Pipeline(stages=[*parts, model(featuresCol="x", labelCol="id")]).fit(lagged)
            assert fitted.transform(lagged).select("prediction").first() is not None
        fitted.write().save(f"{folder}/model")
    spark.stop()


if __name__ == "__main__":
    work() if sys.argv[1] == "--work" else main(sys.argv[1])
