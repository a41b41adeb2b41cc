"""The model card: what the models are for, what they saw, how well they did, where not to trust them."""

import platform

import numpy
import pyspark

from . import features
from .holidays import YEARS
from .published import PUBLISHED


def card(run: str, metrics: dict) -> dict:
    """The card as a JSON object, from the train job's metrics."""
    return {
        "run": run,
        "predicts": "kWh that a household uses in a half hour, 24 hours before it begins",
        "split": metrics["split"],
        "sample": metrics["sample"],
        "features": {"categories": features.CATEGORIES, "numbers": features.NUMBERS},
        "parameters": metrics["parameters"],
        "scores": {
            "unit": "kWh a half hour; mse in its square; r2 has none; on the test rows",
            **{name: metrics[name] for name in ("models", "baselines", "by_group", "by_tariff")},
        },
        "classification": metrics["classification"],
        "published": PUBLISHED,
        "limits": _limits(metrics),
        "versions": {
            "python": platform.python_version(),
            "spark": pyspark.__version__,
            "numpy": numpy.__version__,
        },
    }


def _limits(metrics: dict) -> list[str]:
    sample, split = metrics["sample"], metrics["split"]
    limits = [
        "A row needs readings of exactly a day and a week before; others are neither used nor scored.",
        "Training and test rows are of the same households: on others the models have not been tested.",
        "Clock time is taken as published. Weather, prices and the people at home are not known.",
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
    return limits
