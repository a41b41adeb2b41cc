"""How good predictions are, household by household, so that scores come with intervals."""

from math import sqrt

import numpy as np

Scores = dict[str, float | None]

_DRAWS, _SEED = 2000, 1


def drawn_means(rows: np.ndarray, sums: np.ndarray) -> np.ndarray:
    """What the mean of each column is in 2000 draws of households with replacement, draws × columns; of
    households' numbers of rows and of their sums, households × columns.
    """
    homes = len(rows)
    draws = np.random.Generator(np.random.PCG64(_SEED)).multinomial(homes, np.full(homes, 1 / homes), _DRAWS)
    return (draws @ sums) / (draws @ rows)[:, None]


class Tally:
    """Sums of errors by household, of one or several columns of predictions, over the same rows."""

    def __init__(self, households: int, names: list[str]):
        self.names = names
        self._rows = np.zeros(households)
        self._label = np.zeros((households, 2))  # sums of kWh and of its square
        self._squares = np.zeros((households, len(names)))
        self._absolutes = np.zeros((households, len(names)))

    def add(self, home: np.ndarray, kwh: np.ndarray, predictions: dict[str, np.ndarray]) -> None:
        def by_home(values: np.ndarray | None) -> np.ndarray:
            return np.bincount(home, values, len(self._rows))

        self._rows += by_home(None)
        self._label += np.column_stack([by_home(kwh), by_home(kwh * kwh)])
        for n, name in enumerate(self.names):
            error = kwh - predictions[name]
            self._squares[:, n] += by_home(error * error)
            self._absolutes[:, n] += by_home(np.abs(error))

    def scores(self, homes: np.ndarray | None = None, naive: float | None = None) -> dict[str, Scores]:
        """For each column mse (kWh²), rmse and mae (kWh per half hour), r2, and with `naive` mase, of all
        households or of those of a mask. Rounded to 6 decimals.

        r2 = 1 - (sum of squared errors) / (sum of squared distances from the rows' own mean); None where the
        label is constant. mase = mae / `naive`, the mean absolute error of a naive forecast of the training
        rows (Hyndman and Koehler, 2006): below 1 is better than that.
        """
        at = slice(None) if homes is None else homes
        rows = self._rows[at].sum()
        total, squares = self._label[at].sum(0)
        variance = squares / rows - (total / rows) ** 2
        found = {}
        for n, name in enumerate(self.names):
            mse, mae = self._squares[at, n].sum() / rows, self._absolutes[at, n].sum() / rows
            found[name] = {
                "mse": round(float(mse), 6),
                "rmse": round(sqrt(mse), 6),
                "mae": round(float(mae), 6),
                # What is left of rounding is no variance.
                "r2": None if variance <= 1e-12 else round(float(1 - mse / variance), 6),
            }
            if naive is not None:
                found[name]["mase"] = round(float(mae / naive), 6) if naive > 1e-6 else None
        return found

    def rows(self, homes: np.ndarray | None = None) -> int:
        return int(self._rows[slice(None) if homes is None else homes].sum())

    def by(self, codes: np.ndarray, values: list[str], naive: float | None = None) -> dict[str, dict]:
        """The scores of each value that a household of the rows has; `codes` are places in `values`."""
        present = [n for n in range(len(values)) if self._rows[codes == n].sum()]
        return {values[n]: self.scores(codes == n, naive) for n in sorted(present, key=values.__getitem__)}

    def intervals(self, best: str) -> dict[str, dict]:
        """For each column the 95 % interval of its MSE (`low`, `high`) and of what it has more than `best`
        (`more`, `more_low`, `more_high`), by drawing households with replacement, 2000 times. `apart` says
        whether that difference is told from 0; None for `best` itself, and of a single household.
        """
        there = self._rows > 0
        rows, squares = self._rows[there], self._squares[there]
        drawn, homes = drawn_means(rows, squares), len(rows)
        at = self.names.index(best)
        mse = squares.sum(0) / rows.sum()
        found = {}
        for n, name in enumerate(self.names):
            low, high = np.percentile(drawn[:, n], [2.5, 97.5])
            less, more = np.percentile(drawn[:, n] - drawn[:, at], [2.5, 97.5])
            found[name] = {
                "low": round(float(low), 6),
                "high": round(float(high), 6),
                "more": round(float(mse[n] - mse[at]), 6),
                "more_low": round(float(less), 6),
                "more_high": round(float(more), 6),
                "apart": None if n == at or homes < 2 else bool(less > 0 or more < 0),
            }
        return found
