"""Spark's JVM, which Py4J reaches by names that no type describes."""

from typing import Any

from pyspark.sql import SparkSession


def jvm_of(spark: SparkSession) -> Any:
    """The JVM's packages and classes, as attributes."""
    return spark.sparkContext._jvm  # pyright: ignore[reportPrivateUsage]


def hadoop_settings(spark: SparkSession) -> Any:
    """Hadoop's configuration of the session, a Java object."""
    context: Any = spark.sparkContext._jsc  # pyright: ignore[reportPrivateUsage]
    return context.hadoopConfiguration()


def java_array(spark: SparkSession, kind: Any, *items: Any) -> Any:
    """An array of a Java class, as Py4J wants it for Java's varargs."""
    gateway: Any = spark.sparkContext._gateway  # pyright: ignore[reportPrivateUsage]
    array = gateway.new_array(kind, len(items))
    for i, item in enumerate(items):
        array[i] = item
    return array
