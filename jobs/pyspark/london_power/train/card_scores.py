"""The part of the model card that tells how good the predictions are."""

from .evaluation import HARDEST, NAIVE
from .markdown import table

_MEASURES = {"pinball": 4, "coverage": 3}  # with decimals
_ERRORS = ["mape", "mase"]


def scores(card: dict) -> list[str]:
    """The section of scores, as lines."""
    scores = card["scores"]
    names = ["mse", "rmse", "mae", "r2", "mase"]
    everything = scores["models"] | scores["baselines"]
    parts = scores["by_group"] | scores["by_tariff"]
    return [
        "## Scores",
        f"In {scores['unit']}. MASE is the MAE divided by that of the same half hour of last week, on the"
        " training rows.",
        "",
        *table(["", *names], [[n, *(found[s] for s in names)] for n, found in everything.items()]),
        "",
        *_comparison(scores["best"], scores["intervals"]),
        "",
        "RMSE by Acorn group and by tariff:",
        "",
        *table(["", *parts], [[n, *(part[n]["rmse"] for part in parts.values())] for n in everything]),
        "",
        *_quantiles(scores["quantiles"]),
        "",
        *_by_day(scores["by_day"], scores["best"]),
    ]


def _comparison(best: str, intervals: dict) -> list[str]:
    """Which differences of MSE the households tell apart."""
    rows = [
        [
            name,
            f"{each['low']:.4f} to {each['high']:.4f}",
            ""
            if name == best
            else f"{each['more']:+.4f} ({each['more_low']:+.4f} to {each['more_high']:+.4f})",
            ""
            if name == best
            else {True: "yes", False: "no", None: "one household cannot say"}[each["apart"]],
        ]
        for name, each in intervals.items()
    ]
    return [
        f"The best by the folds of the training time is `{best}`; the test had no say in it. Its MSE lies"
        f" between {intervals[best]['low']:.4f} and {intervals[best]['high']:.4f}. Intervals hold 95 %, by"
        " drawing households with replacement.",
        "",
        *table(["", "MSE", f"more than {best}", "told apart"], rows),
    ]


def _quantiles(found: dict) -> list[str]:
    """Pinball loss and coverage."""
    if not found["scores"]:
        return ["## Quantiles", "None: the training time is too short for a fold, whose errors they are."]
    nominal = f"{100 * found['covered']:.0f} %"
    lines = [
        [name, *(f"{_share(each[n], decimals)}" for n, decimals in _MEASURES.items())]
        for name, each in found["scores"].items()
    ]
    return [
        "## Quantiles",
        f"{', '.join(f'`{name}`' for name in found['shares'])} stand beside each prediction. They come from"
        " the errors on the last fold of the training time, by the predicted kWh. Pinball loss is the mean of"
        f" the quantiles', in kWh; {nominal} of the readings should lie from the first quantile to the last."
        " Intervals hold 95 %, by drawing households with replacement.",
        "",
        *table(["", *_MEASURES], lines),
    ]


def _share(measure: dict, decimals: int) -> str:
    mean, low, high = (f"{measure[name]:.{decimals}f}" for name in ("mean", "low", "high"))
    return f"{mean} ({low} to {high})"


def _by_day(found: dict, best: str) -> list[str]:
    """Errors of what the half hours add up to."""
    shown = [best, NAIVE, HARDEST]
    lines = [
        [
            group,
            each["households"],
            each["days"],
            *(each["scores"][name][s] for s in _ERRORS for name in shown),
        ]
        for group, each in found.items()
    ]
    return [
        "## Days of groups",
        "The predictions of a day's half hours, added up over the homes of an Acorn group, against what they"
        " used. MAPE is in per cent; MASE is the MAE divided by that of the same day of last week, in the"
        " training time. Days with fewer than 80 % of the most half hours are left out.",
        "",
        *table(["", "homes", "days", *(f"{s.upper()}, {name}" for s in _ERRORS for name in shown)], lines),
    ]
