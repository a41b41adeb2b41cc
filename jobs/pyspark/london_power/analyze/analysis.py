"""The analyze job: asks all questions and puts the answers where people look for them."""

import io
from datetime import date
from functools import reduce

import pyarrow
from pyarrow import parquet
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import to_arrow_schema
from pyspark.sql.types import StructType

from ..common.answers import COVERAGE, EFFECT, METHODS, MONTHLY, PROFILE, QUALITY, SEASONS, TARIFFS
from ..common.documents import Documents
from ..common.errors import JobError
from ..common.figures import Clock, read_figures, write_figures
from ..common.job import Job
from ..common.lake import Lake
from ..common.schema import READINGS
from . import effect_plots, plots, profile_plots
from .coverage import data_quality, household_coverage
from .effects import tariff_moments, with_intervals
from .profiles import load_profile
from .questions import ORDER, household_days, monthly_by_acorn, months_of, std_vs_tou
from .statements import SQL, VIEWS

# Small whatever the data: they go into the job's metrics, and so into the stack's state.
_SHOWN = [MONTHLY, TARIFFS, EFFECT, QUALITY]
# A row for each household: for Parquet only, since a document holds 16 MB.
_LONG = [COVERAGE]


def _rank(column: str, names: list[str]) -> str:
    return "CASE " + " ".join(f"WHEN {column} = '{n}' THEN {i}" for i, n in enumerate(names)) + " END"


_ORDER = ORDER | {
    PROFILE: [_rank("season", SEASONS), "acorn_group", "half_hour"],
    EFFECT: [_rank("method", METHODS), "acorn_group <> 'all'", "acorn_group"],
    COVERAGE: ["household"],
    QUALITY: ["acorn_group <> 'all'", "acorn_group"],
}


def analyze(job: Job) -> dict:
    """Answers into the lake (results/<question>), MongoDB (`results`) and plots; returns the small tables
    themselves and paths.

    Raises JobError when the lake holds no reading.
    """
    asked, clock = job.arguments, Clock()
    lake = Lake(job.spark, asked.lake)
    documents = Documents(asked.mongo_credentials, asked.mongo_database) if asked.mongo_credentials else None
    metrics: dict = {"syntax": asked.syntax, "results": {}, "tables": {}}
    tables = {}
    for question, frame in answer(job, lake.read("readings", READINGS), asked.syntax).items():
        job.stage(f"answer {question}")
        table = f"results/{question}"
        if question in _LONG:
            metrics["results"][question] = lake.write(table, asked.run, frame.write.parquet)
            continue
        rows = [row.asDict() for row in frame.collect()]
        if not rows:
            raise JobError(
                f"{lake.path('readings')} holds no reading with a value: run ingest on data that has some"
            )
        tables[question] = [_plain(row) for row in rows]
        if documents:
            body = {"syntax": asked.syntax, "rows": tables[question]}
            if question == QUALITY:
                body["ingest"] = _accounts(lake)
            documents.replace_result(question, asked.run, body)
        content = {"part-0.parquet": _parquet(rows, frame.schema)}
        metrics["results"][question] = lake.write_files(table, asked.run, content)
    metrics["tables"] = {question: tables[question] for question in _SHOWN}
    job.stage("draw the plots")
    metrics["plots"] = _draw(lake, asked.run, tables)
    write_figures(job, lake, "analyze", clock, metrics)
    return metrics


def answer(job: Job, readings: DataFrame, syntax: str) -> dict[str, DataFrame]:
    """All questions' answers, sorted, in the syntax asked for: 'dataframe' or 'sql'."""
    job.stage("sum up by household")
    answers = _in_sql(job, readings) if syntax == "sql" else _in_dataframes(readings)
    answers[EFFECT] = with_intervals(answers[EFFECT])
    return {  # into one partition rather than orderBy, which would ask twice, first for where to cut
        question: frame.repartition(1).sortWithinPartitions(*map(F.expr, _ORDER[question]))
        for question, frame in answers.items()
    }


def _in_sql(job: Job, readings: DataFrame) -> dict[str, DataFrame]:
    readings.createOrReplaceTempView("readings")
    for view, statement in VIEWS.items():
        job.spark.sql(statement).persist().createOrReplaceTempView(view)
    return {question: job.spark.sql(statement) for question, statement in SQL.items()}


def _in_dataframes(readings: DataFrame) -> dict[str, DataFrame]:
    days = household_days(readings).persist()
    months = months_of(days).persist()
    coverage = household_coverage(days).persist()
    return {
        MONTHLY: monthly_by_acorn(months),
        TARIFFS: std_vs_tou(months),
        PROFILE: load_profile(readings, months),
        EFFECT: tariff_moments(months),
        COVERAGE: coverage,
        QUALITY: data_quality(coverage),
    }


def _accounts(lake: Lake) -> dict:
    """What ingest has counted: rows read, stored, duplicate and in quarantine with the reasons."""
    counted = (read_figures(lake, "ingest") or {}).get("metrics", {})
    return {
        name: value for name, value in counted.items() if name.startswith(("rows_", "quarantine_reasons"))
    }


def _parquet(rows: list[dict], schema: StructType) -> bytes:
    """Rows that the driver holds → Parquet, without a Spark job."""
    content = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(rows, to_arrow_schema(schema)), content)
    return content.getvalue()


def _plain(row: dict) -> dict:
    """With dates as text, which JSON and BSON both know."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def _draw(lake: Lake, run: str, tables: dict[str, list[dict]]) -> list[str]:
    pictures = reduce(
        dict.__or__,
        [
            plots.monthly(tables[MONTHLY]),
            profile_plots.profile(tables[PROFILE]),
            plots.tariffs(tables[TARIFFS]),
            effect_plots.effect(tables[EFFECT]),
        ],
    )

    folder = lake.write_files("plots", run, pictures)
    return [f"{folder}/{name}" for name in pictures]
