"""Fits on folds of the training time: which parameters, how many rounds, and which model is the best."""

import time
from dataclasses import dataclass

import numpy as np

from ..common.job import Job
from .quantiles import Errors, errors_of
from .regressors import REGRESSORS, Model, predict
from .source import Source
from .trees import Trees


@dataclass(frozen=True)
class FoldRows:
    """What a fold learns from, and what it is scored on."""

    training: Source
    validation: Source


def tune(
    job: Job, names: list[str], folds: list[FoldRows], seconds: int
) -> tuple[dict[str, dict], dict[str, Errors]]:
    """For each model `chosen` parameters, those `tried` with the mean MSE of the folds and the seconds it
    took, and those `cut` by the budget of `seconds`; and the errors that the chosen ones made on the last
    fold, of no model where there is no fold.

    The usual parameters are always tried, so that models can be compared; for others the models share the
    time left evenly, in their order. One under way is finished.
    """
    began = time.monotonic()
    found, errors = {}, {}
    for at, name in enumerate(names):
        left = seconds - (time.monotonic() - began)
        deadline = time.monotonic() + left / (len(names) - at)
        found[name], of_chosen = _tune(job, name, folds, deadline)
        errors |= {name: of_chosen} if of_chosen else {}
    return found, errors


def best(tuned: dict[str, dict]) -> str:
    """The model with the least error on the folds; the first where there were none."""

    def error(name: str) -> float:
        return min((each["mse"] for each in tuned[name]["tried"]), default=0.0)

    return min(tuned, key=error)


def _tune(job: Job, name: str, folds: list[FoldRows], deadline: float) -> tuple[dict, Errors | None]:
    grid = REGRESSORS[name].grid
    tried = []
    for number, parameters in enumerate(grid if folds else [], 1):
        if tried and time.monotonic() >= deadline:
            break
        job.stage(f"try parameters of {name}, {number} of {len(grid)}")
        tried.append(_try(name, parameters, folds))
    best, errors = min(tried, key=lambda each: each[0]["mse"]) if tried else ({"parameters": grid[0]}, None)
    made = [each for each, _ in tried]
    return {"chosen": best["parameters"], "tried": made, "cut": grid[len(tried) :]}, errors


def _try(name: str, parameters: dict, folds: list[FoldRows]) -> tuple[dict, Errors | None]:
    """What the fits came to, and their errors on the last fold."""
    began = time.monotonic()
    regressor = REGRESSORS[name]
    mses, rounds = [], []
    errors = None
    for fold in folds:
        more = {"stop": fold.validation} if regressor.stops else {}
        model = regressor.fit(fold.training, **parameters, **more)
        if isinstance(model, Trees) and regressor.stops:
            rounds.append(model.rounds)
        predicted, kwh = _predictions(model, fold.validation)
        mses.append(float(np.square(predicted - kwh).mean()))
        errors = errors_of(predicted, kwh)
    if rounds:
        parameters = {**parameters, "rounds": round(sum(rounds) / len(rounds))}
    mse = round(sum(mses) / len(mses), 6)
    return {"parameters": parameters, "mse": mse, "seconds": round(time.monotonic() - began, 1)}, errors


def _predictions(model: Model, rows: Source) -> tuple[np.ndarray, np.ndarray]:
    """Predicted and read kWh of the rows."""
    parts = [(predict(model, block.features), block.kwh) for block in rows.blocks()]
    predicted, kwh = (np.concatenate(each) for each in zip(*parts, strict=True))
    return predicted, kwh
