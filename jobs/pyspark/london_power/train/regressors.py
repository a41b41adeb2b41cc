"""The models that can be trained. To add one, name it in REGRESSORS with a function that fits it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ..common.errors import JobError
from . import linear, trees


class Model(Protocol):
    def predict(self, features: np.ndarray) -> np.ndarray:
        """kWh of each row of features.NAMES, as the model's formula has it: it may be negative."""
        ...


def predict(model: Model, features: np.ndarray) -> np.ndarray:
    """The kWh that a model predicts for each row of features.NAMES: no home uses less than nothing."""
    return np.maximum(np.asarray(model.predict(features), np.float64), 0)


@dataclass(frozen=True)
class Regressor:
    """`fit` takes rows and the parameters of a grid; `grid` lists those worth trying, the usual ones first.
    One that `stops` takes other rows as `stop`, and finds its `rounds` on them.
    """

    fit: Callable[..., Model]
    grid: list[dict]
    stops: bool = False


REGRESSORS = {
    "linear": Regressor(linear.fit, [{"shrinkage": shrinkage} for shrinkage in (0.0005, 0.05)]),
    "tree": Regressor(trees.fit_tree, [{"max_depth": depth, "min_child_weight": 50} for depth in (7, 9)]),
    "forest": Regressor(
        trees.fit_forest,
        [{"trees": 20, "max_depth": depth, "min_child_weight": 20} for depth in (9, 11)],
    ),
    "boosted": Regressor(
        trees.fit_boosted,
        [
            {"rounds": rounds, "eta": eta, "max_depth": depth, "min_child_weight": 20}
            for rounds, eta, depth in ((60, 0.2, 6), (200, 0.05, 6), (100, 0.1, 8))
        ],
        stops=True,
    ),
}


def named(names: str) -> list[str]:
    """The names of a list with commas between. Raises JobError where one is none of REGRESSORS, or none is
    there.
    """
    asked = [name.strip() for name in names.split(",")]
    if unknown := [name for name in asked if name not in REGRESSORS]:
        raise JobError(
            f"--models {names}: {unknown[0]!r} is none of the models; there are {', '.join(REGRESSORS)}"
        )
    return list(dict.fromkeys(asked))
