"""The model card: what the models are for, what they saw, how well they did, where not to trust them."""

import platform

import numpy
import pyspark

from . import features
from .holidays import YEARS
from .published import PUBLISHED
from .source import xgboost

_SCORES = ("models", "baselines", "by_group", "by_tariff", "best", "intervals", "quantiles", "by_day")


def card(run: str, metrics: dict) -> dict:
    """The card as a JSON object, from the train job's metrics."""
    return {
        "run": run,
        "predicts": _predicts(metrics["days_ahead"]),
        "split": metrics["split"],
        "sample": metrics["sample"],
        "features": {"categories": features.CATEGORIES, "numbers": features.NUMBERS},
        "parameters": metrics["parameters"],
        "scores": {
            "unit": "kWh a half hour; mse in its square; r2 and mase have none; on the test rows",
            **{name: metrics[name] for name in _SCORES},
        },
        "classification": metrics["classification"],
        "published": PUBLISHED,
        "limits": _limits(metrics),
        "versions": {
            "python": platform.python_version(),
            "spark": pyspark.__version__,
            "numpy": numpy.__version__,
            "xgboost": xgboost.__version__,
        },
    }


def _predicts(days_ahead: int) -> str:
    hours = 24 * days_ahead - 0.5
    return (
        f"kWh that a household uses in a half hour, {hours} hours before it begins if its meter reports at"
        " once: the latest reading that is used ends then"
    )


def _limits(metrics: dict) -> list[str]:
    sample, split, days_ahead = metrics["sample"], metrics["split"], metrics["days_ahead"]
    later = (
        "A meter that reports a day late is served: readings of the last two days are not used."
        if days_ahead == 2
        else "No delay of the meters is assumed. Where they report up to a day late, train with"
        " --days-ahead 2."
    )
    limits = [
        f"A row needs readings of exactly {'a day' if days_ahead == 1 else 'two days'} and a week before;"
        " others are neither used nor scored.",
        later,
        "Training and test rows are of the same households: predict scores others apart, where there are"
        " some.",
        f"Half hours, weekdays and holidays are by London's clock at the start of the half hour: times were"
        f" taken for {metrics['times']['zone']}, at the {metrics['times']['label']} of the half hour. A day"
        " before is 24 hours before, also where the clocks have changed meanwhile.",
        f"Weather{'' if metrics['prices'] else ', prices'} and the people at home are not known.",
        f"Bank holidays are known for {YEARS[0]} to {YEARS[-1]}, those of England and Wales.",
        "The published readings are of volunteers of one trial in London, 2011 to 2014: not a sample of all"
        " homes, and not of today. The repository's sample and what `make data` makes are generated: they say"
        " nothing about London.",
    ]
    if split["first_time"][:4] == split["last_time"][:4]:
        limits.append("Less than a whole year was seen, so that seasons are known by their recent load only.")
    if sample["households_used"] < 100:
        limits.append(
            f"Only {sample['households_used']} households: scores by group, and of the classification, depend"
            " on who these are."
        )
    told = metrics["classification"]
    if "accuracy" in told and not told["better"]:
        limits.append(
            "Telling Acorn groups is no better than naming the most frequent, or by chance: do not use it."
        )
    return limits
