"""The train job: fits each model on the time before a cut and scores it, beside baselines, on the time after
it.
"""

import json
import time
from datetime import timedelta

from pyspark import StorageLevel
from pyspark.ml import PipelineModel
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from ..common.documents import Documents
from ..common.errors import JobError
from ..common.figures import Clock, write_figures
from ..common.job import Job
from ..common.lake import Lake
from ..common.schema import READINGS
from . import acorn, regressors, sampling, scores
from .card import card
from .card_text import markdown
from .features import LABEL
from .regressors import REGRESSORS
from .residuals import residual_plot
from .split import Split, folds, split
from .tuning import tune

# What a model has to beat, as columns of the test rows.
BASELINES = {"training_mean": "training_mean", "same_half_hour_last_week": "lag_336"}

# Keeps training within a heap of 2 GB and a few minutes on two cores; see docs/jobs.md.
MAX_ROWS = 2_000_000

# Trying parameters takes many fits; on more rows than these the best hardly change.
TUNING_ROWS = 300_000
HISTORY = timedelta(days=7)  # before it no row can have a reading of a week before


def train(job: Job) -> dict:
    """Trains and saves the models of --models; returns what was done, and the scores of models and baselines
    on the test rows.

    Raises JobError when there are too few readings to train and test on, or an argument is out of range.
    """
    asked, clock = job.arguments, Clock()
    if not 0 < asked.test_fraction < 1:
        raise JobError(f"--test-fraction {asked.test_fraction} must lie between 0 and 1")
    if asked.seconds < 0 or asked.max_rows < 1:
        raise JobError(
            f"--seconds {asked.seconds} must be at least 0, --max-rows {asked.max_rows} at least 1"
        )
    names = regressors.named(asked.models)
    lake = Lake(job.spark, asked.lake)
    documents = Documents(asked.mongo_credentials, asked.mongo_database) if asked.mongo_credentials else None
    readings = lake.read("readings", READINGS)

    job.stage("choose the households")
    seen = sampling.survey(readings)
    sample = sampling.choose(seen.counts, asked.max_rows)
    job.stage("build the features")
    parts = split(readings, seen, sample, asked.test_fraction)

    few = sampling.choose(seen.counts, min(TUNING_ROWS, asked.max_rows))
    ways = folds(seen.first + HISTORY, parts.cut)
    tuned = tune(job, names, few.of(parts.training), ways, asked.seconds)
    models, seconds = _fit(job, {name: tuned[name]["chosen"] for name in names}, parts.training)

    job.stage("test")
    tested = _tested(parts, models)
    columns = ["acorn_group", "tariff"]
    overall, by = scores.score_by(tested, LABEL, [*models, *BASELINES.values()], columns)
    metrics: dict = {
        "split": parts.report,
        "sample": sample.report,
        "models": {name: overall[name] for name in names},
        "baselines": _baselines(overall),
        "by_group": {value: _renamed(found) for value, found in by["acorn_group"].items()},
        "by_tariff": {value: _renamed(found) for value, found in by["tariff"].items()},
        "parameters": {
            "budget_seconds": asked.seconds,
            "rows_at_most": TUNING_ROWS,
            "households": few.report["households_used"],
            "folds": [{"start": f"{fold.start:%Y-%m-%d}", "end": f"{fold.end:%Y-%m-%d}"} for fold in ways],
            "models": tuned,
        },
        "fit_seconds": seconds,
    }
    job.stage("draw the residuals")
    best = min(names, key=lambda name: overall[name]["mse"])
    picture = residual_plot(tested, best)
    tested.unpersist()
    metrics["classification"] = acorn.classify(job, readings)

    job.stage("save")
    content = card(asked.run, metrics)
    where = _save(lake, asked.run, models, picture, content)
    write_figures(job, lake, "train", clock, metrics | where | {"card": content})
    if documents:
        documents.replace_result("model_card", asked.run, {"card": content})
    return metrics | where


def _fit(job: Job, parameters: dict[str, dict], rows: DataFrame) -> tuple[dict[str, PipelineModel], dict]:
    models, seconds = {}, {}
    for name, chosen in parameters.items():
        job.stage(f"train {name}")
        began = time.monotonic()
        models[name] = REGRESSORS[name].pipeline(**chosen).fit(rows)
        seconds[name] = round(time.monotonic() - began, 1)
    return models, seconds


def _tested(parts: Split, models: dict[str, PipelineModel]) -> DataFrame:
    """The test rows with a column of predictions for each model, and those of the baselines."""
    mean = parts.training.agg(F.avg(LABEL)).first()[0]
    rows = parts.test.withColumn("training_mean", F.lit(mean))
    for name, model in models.items():
        rows = model.transform(rows).select(*rows.columns, F.col("prediction").alias(name))
    needed = ["acorn_group", "tariff", "half_hour", LABEL, *BASELINES.values(), *models]
    return rows.select(*needed).persist(StorageLevel.MEMORY_AND_DISK)


def _baselines(found: dict) -> dict:
    return {baseline: found[column] for baseline, column in BASELINES.items()}


def _renamed(found: dict) -> dict:
    """Scores by column → by the names of models and baselines."""
    return {name: each for name, each in found.items() if name not in BASELINES.values()} | _baselines(found)


def _save(lake: Lake, run: str, models: dict[str, PipelineModel], picture: bytes, content: dict) -> dict:
    """Writes models/<name> (pipeline/ of MLlib), models/card, results/residuals; returns where they are."""
    paths = {
        name: lake.write(f"models/{name}", run, lambda folder, model=model: model.save(f"{folder}/pipeline"))
        for name, model in models.items()
    }
    pictures = {"residuals.png": picture}
    texts = {"card.json": _json(content), "card.md": markdown(content).encode()}
    return {
        "paths": paths,
        "card": f"{lake.write_files('models/card', run, texts)}/card.md",
        "residual_plot": f"{lake.write_files('results/residuals', run, pictures)}/residuals.png",
    }


def _json(value: dict) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()
