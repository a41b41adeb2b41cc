"""How models and baselines do on the test rows: half hours, their quantiles, and the days of groups."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..common.schema import ACORN_GROUPS, TARIFFS
from .daily import DailyTally
from .features import Rows
from .quantiles import COVERED, QUANTILES, Errors, QuantileTally
from .regressors import Model, predict
from .residuals import residual_plot
from .scores import Tally
from .source import Source

# What a model has to beat, from the features of a row and the mean of the training rows.
BASELINES: dict[str, Callable[[Rows, float], np.ndarray]] = {
    "training_mean": lambda rows, mean: np.full(len(rows.kwh), mean),
    "same_half_hour_last_week": lambda rows, mean: rows.column("lag_week"),
    "weeks_mean": lambda rows, mean: rows.column("weeks_mean"),
    "month_mean": lambda rows, mean: rows.column("month_mean"),
}
NAIVE, HARDEST = "same_half_hour_last_week", "month_mean"


@dataclass(frozen=True)
class Evaluation:
    """`metrics` as the train job reports them, `picture` of the best model's residuals, a PNG."""

    metrics: dict
    picture: bytes


def evaluate(
    models: dict[str, Model], best: str, errors: dict[str, Errors], training: Source, test: Source
) -> Evaluation:
    """One pass over the test rows. `errors` are those of models, and of HARDEST, on rows before them."""
    panel, (_, mean, naive) = test.panel, training.facts
    homes, names = len(panel.households), [*models, *BASELINES]
    tally, quantiles, daily = (
        Tally(homes, names),
        QuantileTally(homes, list(errors)),
        DailyTally(panel, names),
    )
    shown = []
    for rows in test.blocks():
        predictions = {name: predict(model, rows.features) for name, model in models.items()}
        predictions |= {name: baseline(rows, mean) for name, baseline in BASELINES.items()}
        tally.add(rows.home, rows.kwh, predictions)
        quantiles.add(rows.home, rows.kwh, {name: e.around(predictions[name]) for name, e in errors.items()})
        daily.add(rows, predictions)
        columns = (rows.column("half_hour"), rows.kwh, predictions[best])
        shown.append([values.astype(np.float32) for values in columns])
    overall = tally.scores(naive=naive)
    metrics = {
        "models": {name: overall[name] for name in models},
        "baselines": {name: overall[name] for name in BASELINES},
        "best": best,
        "intervals": tally.intervals(best),
        "by_group": tally.by(panel.group, ACORN_GROUPS, naive),
        "by_tariff": tally.by(panel.tariff, TARIFFS, naive),
        "quantiles": {"shares": QUANTILES, "covered": COVERED, "scores": quantiles.scores()},
        "by_day": daily.scores(_naive_by_day(training)),
    }
    return Evaluation(
        metrics, residual_plot(best, *(np.concatenate(each) for each in zip(*shown, strict=True)))
    )


def _naive_by_day(training: Source) -> dict[str, float]:
    """The errors of NAIVE for a group's day, in the training time."""
    daily = DailyTally(training.panel, [NAIVE])
    for rows in training.blocks():
        daily.add(rows, {NAIVE: BASELINES[NAIVE](rows, 0.0)})
    return daily.errors()
