"""Least squares by the normal equations: one pass over the rows, whatever their number."""

from dataclasses import dataclass

import numpy as np

from .features import CATEGORIES, COLUMN, NUMBERS
from .scan import HALF_HOURS
from .source import Source

_CODED = [name for name in CATEGORIES if name != "half_hour"]

# Each category but its first has a column of zeros and ones.
COLUMNS = [
    *(f"half_hour {name}" for name in CATEGORIES["half_hour"][1:]),
    *(f"{name} {value}" for name in _CODED for value in CATEGORIES[name][1:]),
    *NUMBERS,
]


@dataclass(frozen=True)
class Linear:
    """`coefficients` belong to COLUMNS, kWh for each unit of a column."""

    intercept: float
    coefficients: np.ndarray

    def predict(self, features: np.ndarray) -> np.ndarray:
        half_hours = np.concatenate([[0.0], self.coefficients[: HALF_HOURS - 1]])
        found = _plain(features) @ self.coefficients[HALF_HOURS - 1 :]
        return found + half_hours[features[:, COLUMN["half_hour"]].astype(np.int64)] + self.intercept


def fit(rows: Source, shrinkage: float) -> Linear:
    """Ridge regression; `shrinkage` is added to the diagonal of the columns' correlations, so that it has no
    unit. A column that is constant has no say.
    """
    count, label, sums, products, with_label = _moments(rows)
    mean, label_mean = sums / count, label / count
    covariance = products / count - np.outer(mean, mean)
    spread = np.sqrt(np.clip(np.diag(covariance), 0, None))
    varies = spread > 1e-9
    scale = np.where(varies, spread, 1.0)
    correlation = covariance / np.outer(scale, scale)
    correlation[~varies], correlation[:, ~varies] = 0, 0
    correlation[np.diag_indices_from(correlation)] = 1 + shrinkage
    target = np.where(varies, (with_label / count - mean * label_mean) / scale, 0.0)
    coefficients = np.linalg.solve(correlation, target) / scale
    return Linear(float(label_mean - mean @ coefficients), coefficients)


def _moments(rows: Source) -> tuple[int, float, np.ndarray, np.ndarray, np.ndarray]:
    """Rows, sum of kWh, sums of the columns, of their products, and of their products with kWh.

    The half hours' columns exclude each other, so their products with all others are sums by half hour.
    """
    width, lead = len(COLUMNS), HALF_HOURS - 1
    count, label = 0, 0.0
    sums, products, with_label = np.zeros(width), np.zeros((width, width)), np.zeros(width)
    for block in rows.blocks():
        plain, half_hour = _plain(block.features), block.column("half_hour").astype(np.int64)
        count += len(half_hour)
        label += block.kwh.sum()
        by_half_hour = np.column_stack(
            [np.bincount(half_hour, column, HALF_HOURS) for column in [*plain.T, block.kwh]]
        )[1:]
        often = np.bincount(half_hour, minlength=HALF_HOURS)[1:]
        sums[:lead] += often
        sums[lead:] += plain.sum(0)
        products[np.arange(lead), np.arange(lead)] += often
        products[:lead, lead:] += by_half_hour[:, :-1]
        products[lead:, lead:] += plain.T @ plain
        with_label[:lead] += by_half_hour[:, -1]
        with_label[lead:] += block.kwh @ plain
    products[lead:, :lead] = products[:lead, lead:].T
    return count, label, sums, products, with_label


def _plain(features: np.ndarray) -> np.ndarray:
    """The columns but those of half hours, float64."""
    coded = [
        features[:, COLUMN[name]] == value for name in _CODED for value in range(1, len(CATEGORIES[name]))
    ]
    return np.column_stack([*coded, *(features[:, COLUMN[name]] for name in NUMBERS)]).astype(np.float64)
