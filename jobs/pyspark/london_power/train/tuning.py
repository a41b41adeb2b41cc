"""Tries parameters on folds of the training time, for as long as it may take."""

import time
from concurrent.futures import ThreadPoolExecutor

from pyspark.ml import Pipeline
from pyspark.sql import DataFrame

from ..common.job import Job
from .features import LABEL
from .regressors import REGRESSORS
from .scores import score
from .split import Fold


def tune(job: Job, names: list[str], rows: DataFrame, folds: list[Fold], seconds: int) -> dict[str, dict]:
    """For each model `chosen` parameters, those `tried` with the mean MSE of the folds and the seconds it
    took, and those `cut` by the budget of `seconds`.

    The models share the time left evenly, in their order. One under way is finished. Where nothing has been
    tried, the first of the grid is taken.
    """
    began = time.monotonic()
    found = {}
    for at, name in enumerate(names):
        left = seconds - (time.monotonic() - began)
        deadline = time.monotonic() + left / (len(names) - at)
        found[name] = _tune(job, name, rows, folds, deadline)
    return found


def _tune(job: Job, name: str, rows: DataFrame, folds: list[Fold], deadline: float) -> dict:
    grid = REGRESSORS[name].grid
    tried = []
    for number, parameters in enumerate(grid if folds else [], 1):
        if time.monotonic() >= deadline:
            break
        job.stage(f"try parameters of {name}, {number} of {len(grid)}")
        began = time.monotonic()
        errors = _errors(REGRESSORS[name].pipeline(**parameters), rows, folds)
        seconds = round(time.monotonic() - began, 1)
        tried.append(
            {"parameters": parameters, "mse": round(sum(errors) / len(errors), 6), "seconds": seconds}
        )
    best = min(tried, key=lambda each: each["mse"]) if tried else {"parameters": grid[0]}
    return {"chosen": best["parameters"], "tried": tried, "cut": grid[len(tried) :]}


def _errors(pipeline: Pipeline, rows: DataFrame, folds: list[Fold]) -> list[float]:
    """The MSE of each fold. They are fitted side by side: on few rows Spark's cores wait for its driver."""

    def error(fold: Fold) -> float:
        model = pipeline.fit(fold.training(rows))
        return score(model.transform(fold.validation(rows)), LABEL, ["prediction"])["prediction"]["mse"]

    pool = ThreadPoolExecutor(len(folds))
    try:
        return list(pool.map(error, folds))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # a job that is cancelled waits for none of them
