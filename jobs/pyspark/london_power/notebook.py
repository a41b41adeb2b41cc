"""Gives a notebook Spark, the lake and the documents of its platform.

The platform names them in the environment, so that the same notebook works on every target:

    LONDON_POWER_LAKE               the lake's URI
    LONDON_POWER_MONGO_CREDENTIALS  a file with one line, a mongodb:// URI
    LONDON_POWER_MONGO_DATABASE     the database
"""

import os
from typing import NamedTuple

from pymongo.database import Database
from pyspark.sql import SparkSession

from .common.documents import open_database
from .common.errors import JobError
from .common.job import new_session
from .common.lake import Lake


class Platform(NamedTuple):
    """Unpacks into the three names that the cells use."""

    spark: SparkSession
    lake: Lake
    documents: Database


def connect(name: str) -> Platform:
    """Starts Spark, or finds the kernel's session, and opens lake and documents; Spark's pages show `name`.

    Raises JobError if the platform has not named them, or the documents cannot be reached.
    """
    root, credentials, database = map(_setting, ("LAKE", "MONGO_CREDENTIALS", "MONGO_DATABASE"))
    documents = open_database(credentials, database)
    builder = SparkSession.Builder().appName(f"london-power notebook {name}")
    # Progress bars of the JVM do not appear in cells; Spark's own page shows the progress.
    spark = new_session(builder.config("spark.ui.showConsoleProgress", "false"))
    return Platform(spark, Lake(spark, root), documents)


def _setting(name: str) -> str:
    variable = f"LONDON_POWER_{name}"
    value = os.environ.get(variable)
    if not value:
        raise JobError(
            f"{variable} is not set, so this kernel does not know its platform: open notebooks with"
            " `make notebook`, or in the Jupyter of the platform"
        )
    return value
