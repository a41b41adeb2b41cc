"""The train job: fits each model on the time before a cut and scores it, beside baselines, on the time after
it.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from pyspark.ml import PipelineModel
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from . import features
from .documents import Documents
from .errors import JobError
from .features import LABEL, LAGS
from .job import Job
from .lake import Lake
from .models import MODELS
from .schema import READINGS
from .scores import score

# What a model has to beat, as columns of the test rows.
BASELINES = {"training_mean": "training_mean", "same_half_hour_last_week": "lag_336"}

MIN_ROWS = 100  # more than the linear model has coefficients, on either side of the cut


@dataclass(frozen=True)
class Split:
    """Rows with all features, before and from the cut on; `report` says how they came about."""

    training: DataFrame
    test: DataFrame
    means: DataFrame
    report: dict


def train(job: Job) -> dict:
    """Trains and saves every model of MODELS; returns the split, and the scores of models and baselines on
    the test rows.

    Raises JobError when there are too few readings to train and test on, or --test-fraction is not between 0
    and 1.
    """
    asked = job.arguments
    if not 0 < asked.test_fraction < 1:
        raise JobError(f"--test-fraction {asked.test_fraction} must lie between 0 and 1")
    lake = Lake(job.spark, asked.lake)
    documents = Documents(asked.mongo_credentials, asked.mongo_database) if asked.mongo_credentials else None
    parts = split(job, lake.read("readings", READINGS), asked.test_fraction)
    metrics: dict = {"split": parts.report, "models": {}, "paths": {}}
    for name, pipeline in MODELS.items():
        job.stage(f"train {name}")
        model = pipeline().fit(parts.training)
        job.stage(f"test {name}")
        scores = score(model.transform(parts.test), LABEL, ["prediction", *BASELINES.values()])
        metrics["models"][name] = scores["prediction"]
        metrics["baselines"] = {baseline: scores[column] for baseline, column in BASELINES.items()}
        card = _card(name, asked.run, metrics)
        job.stage(f"save {name}")
        metrics["paths"][name] = _save(lake, asked.run, name, model, parts.means, card)
        if documents:
            documents.replace_result(f"model_{name}", asked.run, {"card": card})
    return metrics


def split(job: Job, readings: DataFrame, test_fraction: float) -> Split:
    """Readings → rows with all features on both sides of the cut. Raises JobError when either side has too
    few.
    """
    job.stage("find the cut")
    usable = f"{LABEL} IS NOT NULL"
    span = (
        readings.where(usable)
        .select(F.unix_timestamp(F.min("time")), F.unix_timestamp(F.max("time")))
        .first()
    )
    if span[0] is None:
        raise JobError("the lake holds no reading with a value: run ingest on data that has some")
    first, last = (datetime(1970, 1, 1) + timedelta(seconds=seconds) for seconds in span)
    at = features.cut(first, last, test_fraction)
    before = F.col("time") < F.lit(f"{at:%Y-%m-%d %H:%M:%S}").cast("timestamp")

    job.stage("learn the households' means")
    labelled = readings.where(usable)
    training_mean = labelled.where(before).agg(F.avg(LABEL)).first()[0]
    means = features.household_means(labelled.where(before)).persist()

    job.stage("build the features")
    lagged = features.with_calendar(features.with_lags(readings)).withColumn("training", before).persist()
    complete = " AND ".join(f"{lag} IS NOT NULL" for lag in [LABEL, *LAGS])
    counts = lagged.selectExpr(
        "count(*) AS rows",
        f"count_if({LABEL} IS NULL) AS rows_null",
        f"count_if({complete} AND training) AS rows_training",
        f"count_if({complete} AND NOT training) AS rows_test",
    ).first()
    report = {
        **counts.asDict(),
        "rows_without_lag": counts.rows - counts.rows_null - counts.rows_training - counts.rows_test,
        "first_time": first.isoformat(),
        "cut": at.isoformat(),
        "last_time": last.isoformat(),
        "test_fraction": test_fraction,
    }
    if min(counts.rows_training, counts.rows_test) < MIN_ROWS:
        raise JobError(
            f"too little data to train on: {counts.rows_training} rows before and {counts.rows_test} from"
            f" {at:%Y-%m-%d} on have a reading, one of the day and one of the week before; each side needs"
            f" {MIN_ROWS}. Ingest a longer time (now {first:%Y-%m-%d} to {last:%Y-%m-%d}) or choose another"
            " --test-fraction"
        )
    rows = features.with_means(lagged.where(complete), means, training_mean)
    rows = rows.withColumn("training_mean", F.lit(training_mean))
    return Split(rows.where("training"), rows.where("NOT training"), means, report)


def _save(lake: Lake, run: str, name: str, model: PipelineModel, means: DataFrame, card: dict) -> str:
    """Saves pipeline/ (MLlib), household_means/ (Parquet, a feature the pipeline takes), card.json."""

    def save(folder: str) -> None:
        model.save(f"{folder}/pipeline")
        means.coalesce(1).write.parquet(f"{folder}/household_means")
        lake.files.write(f"{folder}/card.json", (json.dumps(card, indent=2) + "\n").encode())

    return lake.write(f"models/{name}", run, save)


def _card(name: str, run: str, metrics: dict) -> dict:
    """The model card: what the model is for, what it saw, how well it did, where it should not be trusted."""
    return {
        "model": name,
        "run": run,
        "predicts": "kWh that a household uses in a half hour, a day ahead",
        "features": {"categories": features.CATEGORIES, "numbers": features.NUMBERS},
        "split": metrics["split"],
        "scores": {
            "unit": "kWh per half hour; mse in its square; on the test rows",
            "model": metrics["models"][name],
            "baselines": metrics["baselines"],
        },
        "limits": [
            "A row needs readings of exactly a day and a week before; others are neither used nor scored.",
            "household_mean is of the training period; a household not in it gets the mean of all.",
            "Clock time is taken as published.",
            "Volunteers of one trial in London, 2011 to 2014: not a sample of all homes, and not of today.",
        ],
    }
