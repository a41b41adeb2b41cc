"""Runs a job's work: Spark session, progress, cancellation, and exactly one result or error at the end."""

import argparse
import os
import re
import signal
import sys
import traceback
from collections.abc import Callable
from datetime import datetime, timezone
from types import FrameType
from typing import Any, NoReturn

from pyspark.sql import SparkSession

from .errors import Cancelled, JobError, explain
from .protocol import Progress, emit

SESSION = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    # '2013-01' in a path is a month's name, not a date to be guessed.
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    # Python workers hold on to memory that they will need for the next block, instead of giving it back and
    # having the kernel zero it again.
    "spark.executorEnv.MALLOC_TRIM_THRESHOLD_": "536870912",
    "spark.executorEnv.MALLOC_MMAP_THRESHOLD_": "33554432",
}


class Arguments(argparse.ArgumentParser):
    """A parser of arguments that has --run. Its errors become an error event, like any other failure."""

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self.add_argument(
            "--run",
            required=True,
            metavar="ID",
            help="keys what is written; the same run replaces its own; the time is added to one that ends in"
            " -scheduled",
        )

    def error(self, message: str) -> NoReturn:
        raise JobError(f"{message}; see {self.prog} --help")


class Job:
    """What the work of a job gets: `spark`, its `arguments`, and `stage`, which reports the current step."""

    def __init__(self, spark: SparkSession, arguments: argparse.Namespace, progress: Progress):
        self.spark = spark
        self.arguments = arguments
        self.stage = progress.stage


def main(name: str, parser: Arguments, work: Callable[[Job], dict[str, Any]]) -> None:
    """Runs `work`, which returns the metrics of the result event, and ends the process.

    Exit code 0 after a result event; 1 after an error event; 130 or 143 when SIGINT or SIGTERM cancelled it.
    """
    try:
        _cancel_on_signals()
        arguments = parser.parse_args()
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", arguments.run):
            raise JobError(f"--run {arguments.run} names folders: letters, digits, '.', '_' and '-' only")
        if arguments.run.endswith("-scheduled"):
            # All scheduled runs have the same name. With it, a load would keep the documents of the run
            # before, and readers would see how the lake's folders are replaced.
            arguments.run += f"-{datetime.now(timezone.utc):%Y%m%dT%H%M%SZ}"
        spark = new_session(SparkSession.Builder().appName(f"london-power {name} {arguments.run}"))
        _cancel_on_signals()  # again: PySpark has put its own handler in place meanwhile
        progress = Progress(spark.sparkContext)
        progress.start()
        try:
            metrics = work(Job(spark, arguments, progress))
        finally:
            progress.stop()  # what comes next is the last event, and the end of what progress asks
        emit("result", metrics=metrics)
        code = 0
    except Cancelled as cancelled:
        emit("error", type="Cancelled", message="cancelled")
        code = cancelled.exit_code
    except Exception as error:  # whatever it is, the launcher must learn of it
        if not isinstance(error, JobError):  # that one says all there is to say
            traceback.print_exc()
        kind, message = explain(error)
        if _context_is_gone(message):
            kind, message = "Cancelled", "cancelled"
        emit("error", type=kind, message=message)
        code = 143 if kind == "Cancelled" else 1
    _leave(code)


def new_session(builder: SparkSession.Builder) -> SparkSession:
    """Returns a session with the settings that every job and test needs.

    The launcher sets master and memory.
    """
    for key, value in SESSION.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def _cancel_on_signals() -> None:
    def cancel(number: int, _frame: FrameType | None) -> NoReturn:
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, signal.SIG_IGN)  # a second one must not interrupt the tidying up
        raise Cancelled(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, cancel)


def _context_is_gone(message: str) -> bool:
    """Whether the JVM was told to stop before this process was: its shutdown ends the running Spark job."""
    return "SparkContext was shut down" in message or "cancelled because SparkContext" in message


def _leave(code: int) -> None:
    """Ends this process and with it the JVM, which stops Spark when it ends.

    It avoids SparkSession.stop(), which waits a second for threads of this process, and sys.exit, because
    threads of the gateway may be blocked by a JVM that is ending.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
