import pytest
from london_power.common.errors import explain
from pyspark.sql import functions as F


def explained(action) -> tuple[str, str]:
    with pytest.raises(Exception) as failed:
        action()
    return explain(failed.value)


def test_a_plain_error_speaks_for_itself():
    assert explain(ValueError("no")) == ("ValueError", "no")
    assert explain(KeyError()) == ("KeyError", "KeyError")


def test_digs_out_what_a_python_worker_raised(spark):
    def fail(rows):
        raise ZeroDivisionError("no households")

    assert explained(spark.range(2).rdd.mapPartitions(fail).sum) == ("ZeroDivisionError", "no households")
    broken = F.udf(lambda n: 1 // n, "int")
    kind, message = explained(spark.range(1).select(broken("id")).collect)
    assert (kind, message) == ("ZeroDivisionError", "integer division or modulo by zero")


def test_digs_out_the_root_of_a_java_failure(spark):
    kind, message = explained(spark.range(1).selectExpr("raise_error('too hot')").collect)
    assert (kind, message) == ("RuntimeException", "too hot")
    kind, message = explained(lambda: spark.sparkContext._jvm.java.lang.Integer.parseInt("x"))
    assert (kind, message) == ("NumberFormatException", 'For input string: "x"')
