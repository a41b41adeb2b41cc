"""The model card as Markdown."""

from .card_scores import scores
from .markdown import plain, table


def markdown(card: dict) -> str:
    """Takes what card.card returns."""
    parts = (_data, _features, scores, _parameters, _classification, _published, _end)
    lines = [f"# Model card of run {card['run']}", "", f"Predicts {card['predicts']}."]
    for part in parts:
        lines += ["", *part(card)]
    return "\n".join(lines) + "\n"


def _data(card: dict) -> list[str]:
    split, sample = card["split"], card["sample"]
    return [
        "## Data",
        f"- {split['first_time']} to {split['last_time']}: training before {split['cut']}, then testing",
        f"- {sample['rows_used']:,} of {sample['rows']:,} rows: {sample['households_used']:,} of"
        f" {sample['households']:,} households ({100 * sample['share']:.1f} %), picked by the hash of their"
        f" names so that there are at most {sample['rows_at_most']:,} rows",
        f"- {split['rows_training']:,} rows to learn from, {split['rows_test']:,} to be tested on;"
        f" {split['rows_null']:,} have no value, {split['rows_without_lag']:,} no reading of a day or a week"
        " before",
    ]


def _features(card: dict) -> list[str]:
    kinds = card["features"]
    return [
        "## Features",
        *(f"- `{name}`: one of {len(names)} categories" for name, names in kinds["categories"].items()),
        *(f"- `{name}`: {meaning}" for name, meaning in kinds["numbers"].items()),
    ]


def _parameters(card: dict) -> list[str]:
    tuning = card["parameters"]
    lines = [
        "## Parameters",
        f"Tried on {tuning['households']:,} of the households for at most {tuning['budget_seconds']} s, on"
        " folds of an expanding window within the training time; MSE is the mean of the folds'. The usual"
        " parameters are always tried.",
        "",
        *(
            f"- learns before {fold['start']}, is scored from then to {fold['end']}"
            for fold in tuning["folds"]
        ),
        "",
    ]
    rows = []
    for name, found in tuning["models"].items():
        for each in found["tried"]:
            chosen = "yes" if each["parameters"] == found["chosen"] else ""
            rows.append([name, plain(each["parameters"]), each["mse"], chosen])
        for parameters in found["cut"]:
            chosen = "yes, untried" if parameters == found["chosen"] else ""
            rows.append([name, plain(parameters), "cut by the budget", chosen])
    return lines + table(["model", "parameters", "MSE", "chosen"], rows)


def _classification(card: dict) -> list[str]:
    found = card["classification"]
    lines = [f"## {found['task']}"]
    if "skipped" in found:
        return [*lines, f"Skipped: {found['skipped']}."]
    groups = list(found["confusion"])
    return [
        *lines,
        f"{found['model']} on {found['features']}; {found['split']}.",
        "",
        *table(
            ["", "accuracy", "macro F1"],
            [
                ["model", found["accuracy"], found["macro_f1"]],
                [
                    f"always {found['baseline']['always']}",
                    *(found["baseline"][n] for n in ("accuracy", "macro_f1")),
                ],
            ],
        ),
        "",
        "Better than naming the most frequent group, by more than chance:"
        f" {'yes' if found['better'] else 'no'}.",
        "",
        *table(["is \\ told", *groups], [[group, *found["confusion"][group].values()] for group in groups]),
    ]


def _published(card: dict) -> list[str]:
    published = card["published"]
    figures = [
        [each["model"], each["readme"], plain(each["notebook"]) or "–"] for each in published["figures"]
    ]
    return [
        "## Figures of the project that this one takes up",
        f"{published['project']}: {published['source']}",
        "",
        *table(["model", "its README says", "its notebook says"], figures),
        "",
        "They cannot be compared with ours:",
        *(f"- {reason}" for reason in published["not_comparable"]),
    ]


def _end(card: dict) -> list[str]:
    return [
        "## Limits",
        *(f"- {limit}" for limit in card["limits"]),
        "",
        "Made with " + ", ".join(f"{name} {version}" for name, version in card["versions"].items()) + ".",
    ]
