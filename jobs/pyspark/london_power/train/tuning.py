"""Fits on folds of the training time: which parameters, how many rounds, and which model is the best."""

import time
from dataclasses import dataclass

import numpy as np

from ..common.job import Job
from .regressors import REGRESSORS, Model, predict
from .source import Source
from .trees import Trees


@dataclass(frozen=True)
class FoldRows:
    """What a fold learns from, and what it is scored on."""

    training: Source
    validation: Source


def tune(job: Job, names: list[str], folds: list[FoldRows], seconds: int) -> dict[str, dict]:
    """For each model `chosen` parameters, those `tried` with the mean MSE of the folds and the seconds it
    took, and those `cut` by the budget of `seconds`.

    The usual parameters are always tried, so that models can be compared; for others the models share the
    time left evenly, in their order. One under way is finished.
    """
    began = time.monotonic()
    found = {}
    for at, name in enumerate(names):
        left = seconds - (time.monotonic() - began)
        deadline = time.monotonic() + left / (len(names) - at)
        found[name] = _tune(job, name, folds, deadline)
    return found


def best(tuned: dict[str, dict]) -> str:
    """The model with the least error on the folds; the first where there were none."""

    def error(name: str) -> float:
        return min((each["mse"] for each in tuned[name]["tried"]), default=0.0)

    return min(tuned, key=error)


def _tune(job: Job, name: str, folds: list[FoldRows], deadline: float) -> dict:
    grid = REGRESSORS[name].grid
    tried = []
    for number, parameters in enumerate(grid if folds else [], 1):
        if tried and time.monotonic() >= deadline:
            break
        job.stage(f"try parameters of {name}, {number} of {len(grid)}")
        tried.append(_try(name, parameters, folds))
    chosen = min(tried, key=lambda each: each["mse"])["parameters"] if tried else grid[0]
    return {"chosen": chosen, "tried": tried, "cut": grid[len(tried) :]}


def _try(name: str, parameters: dict, folds: list[FoldRows]) -> dict:
    began = time.monotonic()
    regressor = REGRESSORS[name]
    errors, rounds = [], []
    for fold in folds:
        more = {"stop": fold.validation} if regressor.stops else {}
        model = regressor.fit(fold.training, **parameters, **more)
        if isinstance(model, Trees) and regressor.stops:
            rounds.append(model.rounds)
        errors.append(_error(model, fold.validation))
    if rounds:
        parameters = {**parameters, "rounds": round(sum(rounds) / len(rounds))}
    mse = round(sum(errors) / len(errors), 6)
    return {"parameters": parameters, "mse": mse, "seconds": round(time.monotonic() - began, 1)}


def _error(model: Model, rows: Source) -> float:
    squares, count = 0.0, 0
    for block in rows.blocks():
        squares += float(np.square(predict(model, block.features) - block.kwh).sum())
        count += len(block.kwh)
    return squares / max(count, 1)
