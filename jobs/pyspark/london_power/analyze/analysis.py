"""The analyze job: asks all questions and puts the answers where people look for them."""

import io
from datetime import date

import pyarrow as pa
from pyarrow import parquet

from ..common.answers import QUALITY
from ..common.documents import Document, Documents
from ..common.figures import Clock, read_figures, write_figures
from ..common.job import Job
from ..common.jvm import jvm_of
from ..common.lake import Lake
from ..common.prices import read_prices
from .prices import NO_SCHEDULE, Schedule, schedule_of
from .question import Questions
from .questions import ALL, PRICED
from .reduction import reduce_readings


def analyze(job: Job) -> dict:
    """Answers into the lake (results/<question>), MongoDB (`results`) and plots; returns the small tables
    themselves and paths.

    Raises JobError when the lake holds no reading with a value, and where read_prices does.
    """
    asked, clock = job.arguments, Clock()
    lake = Lake(job.spark, asked.lake)
    documents = Documents(asked.mongo_credentials, asked.mongo_database) if asked.mongo_credentials else None
    metrics: dict = {"results": {}, "tables": {}}
    pictures: dict[str, bytes] = {}
    found = answers(job, lake, schedule_of(read_prices(lake, asked.prices)))
    for question in [*ALL, *PRICED]:
        answer = found[question.name]
        rows = [_plain(row) for row in answer.to_pylist()]
        if documents and question.stored:
            body: Document = {"rows": rows}
            if question.name == QUALITY:
                body["ingest"] = _accounts(lake)
            documents.replace_result(question.name, asked.run, body)
        files = {"part-0.parquet": _parquet(answer)}
        metrics["results"][question.name] = lake.write_files(f"results/{question.name}", asked.run, files)
        if question.shown:
            metrics["tables"][question.name] = rows
        if question.plot:
            job.stage(f"draw {question.name}")
            pictures |= question.plot(rows)
    folder = lake.write_files("plots", asked.run, pictures)
    metrics["plots"] = [f"{folder}/{name}" for name in pictures]
    write_figures(job, lake, "analyze", clock, metrics)
    return metrics


def answers(job: Job, lake: Lake, schedule: Schedule = NO_SCHEDULE) -> dict[str, pa.Table]:
    """Each question's answer, by its name. Raises JobError when the lake holds no reading with a value."""
    job.stage("sum up by household, month and half hour")
    tables = reduce_readings(job.spark.sparkContext, lake, schedule)
    job.stage("answer the questions")
    student = jvm_of(job.spark).org.apache.commons.math3.distribution.TDistribution
    database = Questions(tables, lambda degrees: student(float(degrees)).inverseCumulativeProbability(0.975))
    return {question.name: database.ask(question) for question in [*ALL, *PRICED]}


def _accounts(lake: Lake) -> dict:
    """What ingest has counted: rows read, stored, duplicate and in quarantine with the reasons."""
    counted = (read_figures(lake, "ingest") or {}).get("metrics", {})
    return {
        name: value for name, value in counted.items() if name.startswith(("rows_", "quarantine_reasons"))
    }


def _parquet(answer: pa.Table) -> bytes:
    content = io.BytesIO()
    parquet.write_table(answer, content)
    return content.getvalue()


def _plain(row: dict) -> dict:
    """With dates as text, which JSON and BSON both know."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
