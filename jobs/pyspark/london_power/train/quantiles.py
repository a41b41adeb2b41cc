"""Quantiles beside a prediction, from the errors of half hours that the model had not learned from.

Split conformal prediction (Lei and others, "Distribution-Free Predictive Inference for Regression", Journal
of the American Statistical Association 113, 2018) within classes of about the same predicted kWh: the more a
home is expected to use, the wider its errors spread, and the further they reach upwards.
"""

from dataclasses import dataclass

import numpy as np

from .scores import drawn_means

QUANTILES = {"q10": 0.1, "q50": 0.5, "q90": 0.9}
COVERED = 0.8  # between the first and the last of them
_CLASSES = 50
_MEASURES = [*(f"pinball_{name}" for name in QUANTILES), "pinball", "coverage"]


@dataclass(frozen=True)
class Errors:
    """How far readings lay from predictions: `offsets` are classes × QUANTILES, kWh to add to a prediction;
    `levels` the mean prediction of each class, kWh, rising.
    """

    levels: np.ndarray
    offsets: np.ndarray

    def around(self, predicted: np.ndarray) -> np.ndarray:
        """Rows × QUANTILES, kWh; none is negative, and no later one is below an earlier one."""
        shifted = [predicted + np.interp(predicted, self.levels, offsets) for offsets in self.offsets.T]
        return np.maximum(np.stack(shifted, axis=1), 0)


def errors_of(predicted: np.ndarray, kwh: np.ndarray) -> Errors:
    """The errors of some rows, at least one; rows of the same prediction are of one class."""
    edges = np.unique(np.quantile(predicted, np.arange(1, _CLASSES) / _CLASSES))
    place = np.searchsorted(edges, predicted, side="right")
    order = np.argsort(place, kind="stable")
    classes = np.split(order, np.flatnonzero(np.diff(place[order])) + 1)
    return Errors(
        np.array([predicted[rows].mean() for rows in classes]),
        np.array([np.quantile((kwh - predicted)[rows], list(QUANTILES.values())) for rows in classes]),
    )


class QuantileTally:
    """Sums by household of what quantiles are scored by, of one or several columns of predictions."""

    def __init__(self, households: int, names: list[str]):
        self._names = names
        self._rows = np.zeros(households)
        self._sums = np.zeros((len(names), households, len(_MEASURES)))

    def add(self, home: np.ndarray, kwh: np.ndarray, quantiles: dict[str, np.ndarray]) -> None:
        """`quantiles` has rows × QUANTILES for each column."""
        self._rows += np.bincount(home, minlength=len(self._rows))
        shares = np.array(list(QUANTILES.values()))
        for n, name in enumerate(self._names):
            above = kwh[:, None] - quantiles[name]
            pinball = np.maximum(shares * above, (shares - 1) * above)
            covered = (above[:, 0] >= 0) & (above[:, -1] <= 0)
            for at, values in enumerate([*pinball.T, pinball.mean(1), covered]):
                self._sums[n, :, at] += np.bincount(home, values, len(self._rows))

    def scores(self) -> dict[str, dict[str, dict[str, float]]]:
        """For each column and measure the mean over the rows with its 95 % interval, by drawing households
        with replacement: pinball loss of each quantile and of all (kWh, the less the better; Koenker and
        Bassett, 1978), and the share of readings from the first quantile to the last.
        """
        there = self._rows > 0
        rows, found = self._rows[there], {}
        for name, sums in zip(self._names, self._sums[:, there], strict=True):
            mean = sums.sum(0) / rows.sum()
            low, high = np.percentile(drawn_means(rows, sums), [2.5, 97.5], axis=0)
            found[name] = {
                measure: {
                    "mean": round(float(mean[at]), 6),
                    "low": round(float(low[at]), 6),
                    "high": round(float(high[at]), 6),
                }
                for at, measure in enumerate(_MEASURES)
            }
        return found
