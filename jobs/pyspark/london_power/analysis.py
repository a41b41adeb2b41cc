"""The analyze job: asks both questions and puts the answers where people look for them."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from . import plots
from .documents import Documents
from .errors import JobError
from .job import Job
from .lake import Lake
from .questions import DATAFRAME, MONTHLY, ORDER, TARIFFS, household_months
from .schema import READINGS
from .statements import HOUSEHOLD_MONTHS, SQL


def analyze(job: Job) -> dict:
    """Answers into the lake (results/<question>), MongoDB (`results`) and plots; returns the tables
    themselves and paths.

    Raises JobError when the lake holds no reading.
    """
    asked = job.arguments
    lake = Lake(job.spark, asked.lake)
    documents = Documents(asked.mongo_credentials, asked.mongo_database) if asked.mongo_credentials else None
    answers = answer(job, lake.read("readings", READINGS), asked.syntax)
    metrics: dict = {"syntax": asked.syntax, "results": {}, "tables": {}}
    for question, frame in answers.items():
        job.stage(f"write {question}")
        rows = [row.asDict() for row in frame.collect()]
        if not rows:
            raise JobError(
                f"{lake.path('readings')} holds no reading with a value: run ingest on data that has some"
            )
        metrics["results"][question] = lake.write(
            f"results/{question}",
            asked.run,
            lambda folder, frame=frame: frame.coalesce(1).write.parquet(folder),
        )
        metrics["tables"][question] = rows
        if documents:
            documents.replace_result(question, asked.run, {"syntax": asked.syntax, "rows": rows})
    job.stage("draw the plots")
    return metrics | {"plots": _draw(lake, asked.run, metrics["tables"])}


def answer(job: Job, readings: DataFrame, syntax: str) -> dict[str, DataFrame]:
    """Both questions' answers, sorted, in the syntax asked for: 'dataframe' or 'sql'."""
    job.stage("sum up by household and month")
    if syntax == "sql":
        readings.createOrReplaceTempView("readings")
        job.spark.sql(HOUSEHOLD_MONTHS).persist().createOrReplaceTempView("household_months")
        answers = {question: job.spark.sql(statement) for question, statement in SQL.items()}
    else:
        months = household_months(readings).persist()
        answers = {question: ask(months) for question, ask in DATAFRAME.items()}
    return {question: frame.orderBy(*map(F.expr, ORDER[question])) for question, frame in answers.items()}


def _draw(lake: Lake, run: str, tables: dict[str, list[dict]]) -> list[str]:
    pictures = plots.monthly(tables[MONTHLY]) | plots.tariffs(tables[TARIFFS])

    def save(folder: str) -> None:
        for name, content in pictures.items():
            lake.files.write(f"{folder}/{name}", content)

    folder = lake.write("plots", run, save)
    return [f"{folder}/{name}" for name in pictures]
