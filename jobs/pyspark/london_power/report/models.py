"""The section of the models: scores, residuals, classification, and the card as far as there is one."""

from ..common.answers import group_name
from .markup import Section, describe, details, heading, items, number, paragraph, picture, table, text
from .stored import Stored

_SCORES = {"mse": "MSE, kWh²", "rmse": "RMSE, kWh", "mae": "MAE, kWh", "r2": "R²", "mase": "MASE"}
# Parts of the card that stand elsewhere on the page.
_SHOWN = {"run", "scores", "classification", "limits", "versions", "model"}


def best(found: Stored) -> tuple[str, dict] | None:
    """The model that folds of the training time chose, and its scores on the test."""
    metrics = found.metrics("train")
    name = metrics.get("best")
    return (name, metrics["models"][name]) if name and name in metrics.get("models", {}) else None


def sections(found: Stored) -> list[Section]:
    metrics = found.metrics("train")
    if not metrics.get("models"):
        return []
    card = metrics["card"] if isinstance(metrics.get("card"), dict) else {}
    body = (
        _scores(found)
        + picture(found.plots.get("residuals"), "Residuals of the best model")
        + _parts(metrics)
        + _quantiles(metrics.get("quantiles") or {})
        + _by_day(metrics.get("by_day") or {}, metrics.get("best"))
        + _classification(metrics.get("classification") or {})
        + _card(card)
    )
    return [Section("models", "Models", body)]


def _scores(found: Stored) -> str:
    metrics = found.metrics("train")
    everything = metrics["models"] | {
        f"baseline: {name}": s for name, s in metrics.get("baselines", {}).items()
    }
    chosen = best(found)
    lines = [
        [each.replace("_", " "), *(number(s.get(key), 4) for key in _SCORES)]
        for each, s in everything.items()
    ]
    split = metrics.get("split") or {}
    when = f", from {text(split['cut'][:10])} on" if "cut" in split else ""
    rows = text(split["rows_test"]) if "rows_test" in split else ""
    return paragraph(
        f"Predicting the kWh of a half hour, scored on {rows} readings later than those of training{when};"
        f" the one that folds of the training time chose is marked.{_not_told_apart(metrics)} MASE is the MAE"
        " divided by that of the same half hour of last week, in the training time."
    ) + table(["Model", *_SCORES.values()], lines, mark=list(everything).index(chosen[0]) if chosen else None)


def _not_told_apart(metrics: dict) -> str:
    intervals = metrics.get("intervals") or {}
    best = metrics.get("best")
    same = [name for name, each in intervals.items() if name != best and each["apart"] is not True]
    names = ", ".join(name.replace("_", " ") for name in same)
    return f" By drawing households, these readings do not tell it from {text(names)}." if same else ""


def _parts(metrics: dict) -> str:
    """RMSE by Acorn group and by tariff."""
    parts = (metrics.get("by_group") or {}) | (metrics.get("by_tariff") or {})
    if not parts:
        return ""
    names = list(dict.fromkeys(name for found in parts.values() for name in found))
    lines = [
        [name.replace("_", " "), *(number(found.get(name, {}).get("rmse"), 4) for found in parts.values())]
        for name in names
    ]
    return table(["RMSE, kWh", *parts], lines, "By Acorn group and tariff")


def _quantiles(found: dict) -> str:
    """Pinball loss and coverage."""
    if not found.get("scores"):
        return ""
    lines = [
        [name.replace("_", " "), *_measure(each["pinball"], 4), *_measure(each["coverage"], 3)]
        for name, each in found["scores"].items()
    ]
    names = ", ".join(found["shares"])
    return (
        heading("Quantiles")
        + paragraph(
            f"Beside each prediction stand {text(names)}, by errors on the last part of the training time. Of"
            f" later readings {number(100 * found['covered'], 0, '%')} should lie from the first to the last."
            " Pinball loss is the mean of the quantiles'. Intervals hold 95\u202f%, by drawing households."
        )
        + table(["", "Pinball loss, kWh", "95 % interval", "Share between", "95 % interval"], lines)
    )


def _measure(found: dict, decimals: int) -> tuple[str, str]:
    return number(
        found["mean"], decimals
    ), f"{number(found['low'], decimals)} to {number(found['high'], decimals)}"


def _by_day(found: dict, best: str | None) -> str:
    """Errors of forecasts for groups' days."""
    if not found:
        return ""
    shown = [best, "same_half_hour_last_week", "month_mean"]
    lines = [
        [
            group_name(group),
            *(text(each["households"]), text(each["days"])),
            *(number(each["scores"][name]["mape"], 1, "%") for name in shown),
            *(number(each["scores"][name]["mase"], 3) for name in shown),
        ]
        for group, each in found.items()
    ]
    heads = [f"{score}, {str(name).replace('_', ' ')}" for score in ("MAPE", "MASE") for name in shown]
    return (
        heading("Days of groups")
        + paragraph(
            "The predictions of a day's half hours, added up over the homes of a group, against what they"
            " used. MASE is the MAE divided by that of the same day of last week, in the training time."
        )
        + table(["Group", "Homes", "Days", *heads], lines)
    )


def _classification(found: dict) -> str:
    if not found:
        return ""
    title = heading(found.get("task", "Acorn group from consumption"))
    if "skipped" in found:
        return title + paragraph(f"Skipped: {text(found['skipped'])}.", kind="note")
    lines = [["Model", number(found.get("accuracy"), 3), number(found.get("macro_f1"), 3)]]
    if base := found.get("baseline"):
        name = f"always {base.get('always', 'the most frequent')}"
        lines.append([name, number(base.get("accuracy"), 3), number(base.get("macro_f1"), 3)])
    confusion = found.get("confusion") or {}
    matrix = table(
        ["Is ↓, told →", *confusion], [[n, *map(text, row.values())] for n, row in confusion.items()]
    )
    how = ", ".join(
        text(found[key]) for key in ("model", "features", "split") if isinstance(found.get(key), str)
    )
    return (
        title
        + (paragraph(f"{how}.", kind="note") if how else "")
        + table(["", "Accuracy", "Macro F1"], lines)
        + (matrix if confusion else "")
    )


def _card(card: dict) -> str:
    limits = heading("Limits") + items(card["limits"]) if card.get("limits") else ""
    rest = {name: value for name, value in card.items() if name not in _SHOWN}
    body = "".join(
        heading(name.replace("_", " ").capitalize()) + describe(value) for name, value in rest.items()
    )
    return limits + (
        details("The rest of the model card", f'<div class="prose">{body}</div>') if body else ""
    )
