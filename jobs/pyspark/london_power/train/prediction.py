"""The predict job: a saved model's predictions for readings, by the same features as in training."""

from datetime import date
from functools import reduce

from pyspark.ml import PipelineModel
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from ..common.errors import JobError
from ..common.job import Job
from ..common.lake import Lake
from ..common.schema import ACORN_GROUPS, READINGS, TARIFFS
from . import features
from .features import LABEL, NEEDED
from .regressors import REGRESSORS
from .scores import score

# What models know of a household, as columns of readings. MLlib refuses other values in words of its own, or
# a tree takes them for one of these.
KNOWN = {"acorn_group": ACORN_GROUPS, "tariff": TARIFFS}


def predict(job: Job) -> dict:
    """Writes the table predictions/<model>: household, time, kwh (null where not read) and prediction, for
    each half hour from --since on with a reading of a day and of a week before; returns its path, rows and
    scores.

    Raises JobError where the model has not been trained, --readings has an Acorn group or tariff that no
    model knows, or no half hour can be predicted.
    """
    asked = job.arguments
    if asked.model not in REGRESSORS:
        raise JobError(f"--model {asked.model} is none of the models; there are {', '.join(REGRESSORS)}")
    lake = Lake(job.spark, asked.lake)
    job.stage(f"load {asked.model}")
    folder = lake.path(f"models/{asked.model}")
    model = PipelineModel.load(f"{folder}/pipeline")

    job.stage("predict")
    readings = _given(job) if asked.readings else lake.read("readings", READINGS)
    rows = _since(asked.since, predictions(model, readings))
    table = f"predictions/{asked.model}"
    path = lake.stage(table, asked.run, lambda folder: rows.write.parquet(folder))

    job.stage("score")
    written = job.spark.read.parquet(path)
    counts = written.agg(F.count("*").alias("rows"), F.count(LABEL).alias("rows_read")).first()
    if counts.rows == 0:
        lake.files.delete(path)
        raise JobError(
            f"nothing to predict{f' from {asked.since} on' if asked.since else ''}: no half hour has a"
            f" reading of the day and of the week before; {_last(readings)}"
        )
    lake.publish(table, path)
    scores = score(written.where(f"{LABEL} IS NOT NULL"), LABEL, ["prediction"]) if counts.rows_read else {}
    return {"model": asked.model, "trained": folder, "predictions": path, **counts.asDict(), **scores}


def predictions(model: PipelineModel, readings: DataFrame) -> DataFrame:
    """household, time, kwh and prediction of the readings whose past is known; their own kwh is not used."""
    known = " AND ".join(f"{name} IS NOT NULL" for name in NEEDED)
    rows = model.transform(features.build(readings).where(known))
    return rows.select("household", "time", LABEL, "prediction")


def _given(job: Job) -> DataFrame:
    """The readings of --readings. The lake's have passed ingest, which lets no unknown value through."""
    asked = job.arguments
    readings = job.spark.read.schema(READINGS).parquet(asked.readings)
    unknown = {name: ~F.coalesce(F.col(name).isin(values), F.lit(False)) for name, values in KNOWN.items()}
    found = (
        _since(asked.since, readings)
        .agg(
            F.count_if(reduce(Column.__or__, unknown.values())).alias("rows"),
            *[
                F.collect_set(F.when(unknown[name], F.coalesce(F.col(name), F.lit("none")))).alias(name)
                for name in KNOWN
            ],
        )
        .first()
    )
    if found.rows:
        said = [f"{name} {', '.join(sorted(found[name])[:5])}" for name in KNOWN if found[name]]
        known = [f"{name} {', '.join(values)}" for name, values in KNOWN.items()]
        raise JobError(
            f"--readings {asked.readings} has {found.rows} rows with values that no model knows:"
            f" {'; '.join(said)}. Known are {'; '.join(known)}: correct these rows, or leave them out"
        )
    return readings


def _last(readings: DataFrame) -> str:
    time = F.date_format(F.max("time"), "yyyy-MM-dd HH:mm")
    last = readings.where(f"{LABEL} IS NOT NULL").agg(time).first()[0]
    return f"the last reading is of {last}" if last else "there is no reading at all"


def _since(day: date | None, rows: DataFrame) -> DataFrame:
    return rows.where(F.col("time") >= F.lit(f"{day} 00:00:00").cast("timestamp")) if day else rows
