"""How good predictions are."""

from math import sqrt

from pyspark.sql import DataFrame
from pyspark.sql import functions as F


def score(rows: DataFrame, label: str, predictions: list[str]) -> dict[str, dict[str, float | None]]:
    """For each column of predictions mse (kWh²), rmse and mae (kWh per half hour) and r2, all over the same
    rows.

    r2 = 1 - (sum of squared errors) / (sum of squared distances from the rows' own mean); None where the
    label is constant. Rounded to 6 decimals: sums over partitions differ beyond that with their order.
    """
    errors = {name: F.col(label) - F.col(name) for name in predictions}
    sums = rows.agg(
        F.var_pop(label).alias("variance"),
        *[F.avg(error * error).alias(f"mse {name}") for name, error in errors.items()],
        *[F.avg(F.abs(error)).alias(f"mae {name}") for name, error in errors.items()],
    ).first()
    return {name: _scores(sums[f"mse {name}"], sums[f"mae {name}"], sums["variance"]) for name in predictions}


def _scores(mse: float, mae: float, variance: float) -> dict[str, float | None]:
    return {
        "mse": round(mse, 6),
        "rmse": round(sqrt(mse), 6),
        "mae": round(mae, 6),
        "r2": round(1 - mse / variance, 6) if variance else None,
    }
