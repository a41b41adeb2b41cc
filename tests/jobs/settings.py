"""How the tests run Spark, and where in MongoDB they may write."""

import os

# Of its own for each process that runs tests, as they may share a server.
DATABASE = f"test_power{os.environ.get('PYTEST_XDIST_WORKER', '')}"

# Small data, many starts: as jobs/jvm.ts has it for the sample.
_JVM = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
SPARK_CONF = {
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
    # For the oracle: Spark notices a row with too few or too many columns only when it parses all of them.
    "spark.sql.csv.parser.columnPruning.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.extraJavaOptions": _JVM,
    "spark.executor.extraJavaOptions": _JVM,
}


def conf_arguments(more: dict[str, str] | None = None) -> list[str]:
    """The settings, and more of them, as spark-submit takes them."""
    settings = SPARK_CONF | (more or {})
    return [argument for key, value in settings.items() for argument in ("--conf", f"{key}={value}")]
