"""A trained model in the lake: plain JSON that says what it takes, and what it was trained on.

<lake>/models/<name>/run=…/model.json   features, the training's cut, households and times; a linear model's
                                        coefficients; the errors that quantiles come from
<lake>/models/<name>/run=…/trees.json   the trees, as XGBoost saves them
"""

import json
from dataclasses import asdict, dataclass

import numpy as np

from ..common.errors import JobError
from ..common.lake import Lake
from ..common.stamps import Stamps
from .features import NAMES
from .linear import COLUMNS, Linear
from .quantiles import QUANTILES, Errors
from .regressors import Model
from .source import xgboost
from .trees import Trees


@dataclass(frozen=True)
class Saved:
    """`errors` are those on the last fold of the training time, None where there was none; `prices` says
    whether the model knows those of half hours; `cut` is a day since 1970, from which on nothing was learned;
    `households` those that were seen; `stamps` what the times of their readings mean.
    """

    model: Model
    errors: Errors | None
    days_ahead: int
    prices: bool
    cut: int
    households: list[str]
    stamps: Stamps


def write(lake: Lake, name: str, run: str, saved: Saved) -> str:
    """Publishes models/<name>; returns its folder."""
    about = {
        "model": name,
        "features": NAMES,
        "days_ahead": saved.days_ahead,
        "prices": saved.prices,
        "cut": str(np.datetime64(saved.cut, "D")),
        "households": saved.households,
        "times": asdict(saved.stamps),
        "errors": _table_of(saved.errors),
    }
    files = {}
    if isinstance(saved.model, Linear):
        about["intercept"] = saved.model.intercept
        about["coefficients"] = dict(zip(COLUMNS, saved.model.coefficients.tolist(), strict=True))
    elif isinstance(saved.model, Trees):
        files["trees.json"] = bytes(saved.model.booster.save_raw("json"))
    files["model.json"] = (json.dumps(about, indent=1) + "\n").encode()
    return lake.write_files(f"models/{name}", run, files)


def read(lake: Lake, name: str) -> Saved:
    """The current one. Raises JobError where there is none, or one of another version of this code."""
    folder = lake.path(f"models/{name}")
    content = lake.files.read(f"{folder}/model.json")
    about = json.loads(content) if content else {}
    if about.get("features") != NAMES or not {"times", "errors", "prices"} <= set(about):
        raise JobError(f"the model in {folder} is of another version of the job: run train again")
    if "coefficients" in about:
        model = Linear(about["intercept"], np.array([about["coefficients"][name] for name in COLUMNS]))
    else:
        booster = xgboost.Booster()
        booster.load_model(bytearray(lake.files.read(f"{folder}/trees.json") or b""))
        model = Trees(booster)
    cut = int(np.datetime64(about["cut"], "D").astype(np.int64))
    errors = _errors_of(about["errors"])
    stamps = Stamps(**about["times"])
    return Saved(model, errors, about["days_ahead"], about["prices"], cut, about["households"], stamps)


def _table_of(errors: Errors | None) -> dict[str, list[float]] | None:
    if errors is None:
        return None
    return {"levels": errors.levels.tolist()} | dict(zip(QUANTILES, errors.offsets.T.tolist(), strict=True))


def _errors_of(table: dict[str, list[float]] | None) -> Errors | None:
    if table is None:
        return None
    return Errors(np.array(table["levels"]), np.array([table[name] for name in QUANTILES]).T)
