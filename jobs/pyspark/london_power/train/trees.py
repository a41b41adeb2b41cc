"""A tree, a forest and boosted trees, all by XGBoost's histograms."""

from dataclasses import dataclass

import numpy as np

from .source import Source, xgboost

_SEED = 1
_PATIENCE = 8  # rounds without a better fold


@dataclass(frozen=True)
class Trees:
    booster: xgboost.Booster

    def predict(self, features: np.ndarray) -> np.ndarray:
        return self.booster.inplace_predict(features)

    @property
    def rounds(self) -> int:
        """Of boosting; after early stopping those up to the best."""
        return self.booster.num_boosted_rounds()


def fit_tree(rows: Source, **parameters) -> Trees:
    return _fit(rows, {"eta": 1, "lambda": 0, **parameters}, 1)


def fit_forest(rows: Source, trees: int, **parameters) -> Trees:
    """Each tree sees half of the rows, each node 0.4 of the features."""
    drawn = {"subsample": 0.5, "colsample_bynode": 0.4, "num_parallel_tree": trees}
    return _fit(rows, {"eta": 1, "lambda": 0, **drawn, **parameters}, 1)


def fit_boosted(rows: Source, rounds: int, stop: Source | None = None, **parameters) -> Trees:
    """At most so many rounds; with `stop`, no more than its rows gain from."""
    if stop is None:
        return _fit(rows, parameters, rounds)
    ending = xgboost.callback.EarlyStopping(  # pyright: ignore[reportAttributeAccessIssue]
        rounds=_PATIENCE, save_best=True
    )
    return _fit(rows, parameters, rounds, [(stop.matrix_like(rows), "stop")], [ending])


def _fit(rows: Source, parameters: dict, rounds: int, watched=(), callbacks=()) -> Trees:
    settings = {"tree_method": "hist", "base_score": rows.facts[1], "seed": _SEED, **parameters}
    more = {"evals": list(watched), "callbacks": list(callbacks), "verbose_eval": False}
    return Trees(xgboost.train(settings, rows.matrix, num_boost_round=rounds, **more))
