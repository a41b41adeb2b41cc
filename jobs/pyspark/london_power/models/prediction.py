"""The predict job: a saved model's predictions for readings, by the same features as in training."""

from pyspark.ml import PipelineModel
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from ..errors import JobError
from ..job import Job
from ..lake import Lake
from ..schema import READINGS
from ..scores import score
from . import features
from .features import LABEL, NEEDED
from .regressors import REGRESSORS


def predict(job: Job) -> dict:
    """Writes the table predictions/<model>: household, time, kwh (null where not read) and prediction, for
    each half hour from --since on with a reading of a day and of a week before; returns its path, rows and
    scores.

    Raises JobError where the model has not been trained, or no half hour can be predicted.
    """
    asked = job.arguments
    if asked.model not in REGRESSORS:
        raise JobError(f"--model {asked.model} is none of the models; there are {', '.join(REGRESSORS)}")
    lake = Lake(job.spark, asked.lake)
    job.stage(f"load {asked.model}")
    folder = lake.path(f"models/{asked.model}")
    model = PipelineModel.load(f"{folder}/pipeline")
    given = job.spark.read.schema(READINGS).parquet(asked.readings) if asked.readings else None
    readings = lake.read("readings", READINGS) if given is None else given

    job.stage("predict")
    rows = predictions(model, readings)
    if asked.since:
        rows = rows.where(F.col("time") >= F.lit(f"{asked.since} 00:00:00").cast("timestamp"))
    table = f"predictions/{asked.model}"
    path = lake.stage(table, asked.run, lambda folder: rows.write.parquet(folder))

    job.stage("score")
    written = job.spark.read.parquet(path)
    counts = written.agg(F.count("*").alias("rows"), F.count(LABEL).alias("rows_read")).first()
    if counts.rows == 0:
        raise JobError(
            f"nothing to predict{f' from {asked.since} on' if asked.since else ''}: no half hour has a"
            " reading of the day and of the week before"
        )
    lake.publish(table, path)
    scores = score(written.where(f"{LABEL} IS NOT NULL"), LABEL, ["prediction"]) if counts.rows_read else {}
    return {"model": asked.model, "trained": folder, "predictions": path, **counts.asDict(), **scores}


def predictions(model: PipelineModel, readings: DataFrame) -> DataFrame:
    """household, time, kwh and prediction of the readings whose past is known; their own kwh is not used."""
    known = " AND ".join(f"{name} IS NOT NULL" for name in NEEDED)
    rows = model.transform(features.build(readings).where(known))
    return rows.select("household", "time", LABEL, "prediction")
