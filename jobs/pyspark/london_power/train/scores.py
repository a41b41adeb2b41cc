"""How good predictions are."""

from math import sqrt

from pyspark.sql import DataFrame, Row
from pyspark.sql import functions as F

Scores = dict[str, float | None]


def score(rows: DataFrame, label: str, predictions: list[str]) -> dict[str, Scores]:
    """For each column of predictions mse (kWh²), rmse and mae (kWh per half hour) and r2, all over the same
    rows.

    r2 = 1 - (sum of squared errors) / (sum of squared distances from the rows' own mean); None where the
    label is constant. Rounded to 6 decimals: sums over partitions differ beyond that with their order.
    """
    return score_by(rows, label, predictions, [])[0]


def score_by(
    rows: DataFrame, label: str, predictions: list[str], columns: list[str]
) -> tuple[dict[str, Scores], dict[str, dict[str, dict[str, Scores]]]]:
    """The scores over all rows, and column → value → prediction → scores over the rows with that value."""
    errors = {name: F.col(label) - F.col(name) for name in predictions}
    parts = (
        rows.groupBy(*columns)
        .agg(
            F.count("*").alias("n"),
            F.sum(label).alias("sum"),
            F.sum(F.col(label) * F.col(label)).alias("sum_of_squares"),
            *[F.sum(error * error).alias(f"squares {name}") for name, error in errors.items()],
            *[F.sum(F.abs(error)).alias(f"absolutes {name}") for name, error in errors.items()],
        )
        .collect()
    )
    by = {
        column: {
            value: _scores([part for part in parts if part[column] == value], predictions)
            for value in sorted({part[column] for part in parts})
        }
        for column in columns
    }
    return _scores(parts, predictions), by


def _scores(parts: list[Row], predictions: list[str]) -> dict[str, Scores]:
    def total(name: str) -> float:
        return sum(part[name] or 0.0 for part in parts)

    n = total("n")
    variance = total("sum_of_squares") / n - (total("sum") / n) ** 2
    constant = variance <= 1e-12  # what is left of rounding
    found = {}
    for name in predictions:
        mse = total(f"squares {name}") / n
        found[name] = {
            "mse": round(mse, 6),
            "rmse": round(sqrt(mse), 6),
            "mae": round(total(f"absolutes {name}") / n, 6),
            "r2": None if constant else round(1 - mse / variance, 6),
        }
    return found
