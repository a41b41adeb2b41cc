"""Customer segments: homes whose days have about the same shape, however much they use."""

from dataclasses import dataclass

import numpy as np

from ..common.schema import ACORN_GROUPS
from .scan import HALF_HOURS

_MOST_SEGMENTS = 6
_LEAST_DAYS = 28  # with a reading of each half hour: the shape of fewer days is mostly chance
_HOMES = 4  # at least, for each segment that is tried
_STARTS, _ROUNDS, _SEED = 4, 50, 1


@dataclass(frozen=True)
class Segments:
    """`found` as the train job reports it; `of` has for each household its segment from 1 on, 0 where it is
    of none.
    """

    found: dict
    of: np.ndarray


def segment(group: np.ndarray, profile: np.ndarray) -> Segments:
    """k-means over the households' mean days, each divided by its own mean; of 2 to 6 segments, and at most
    one for four homes, the number with the highest variance ratio (Calinski and Harabasz, "A dendrite method
    for cluster analysis", Communications in Statistics 3, 1974). The largest segment is the first.

    `group` is a place in ACORN_GROUPS, `profile` as in scan.Piece.
    """
    kwh, count = profile[:, :HALF_HOURS, 0] / 1e6, profile[:, :HALF_HOURS, 1]
    usable = np.flatnonzero((count.min(1) >= _LEAST_DAYS) & (kwh.sum(1) > 0))
    of = np.zeros(len(group), np.int64)
    if len(usable) < 2 * _HOMES:
        reason = f"{len(usable)} households with {_LEAST_DAYS} days: there is little to part in fewer than"
        return Segments({"skipped": f"{reason} {2 * _HOMES}"}, of)
    days = kwh[usable] / count[usable]
    shapes = days / days.mean(1, keepdims=True)
    tried = {k: _best_of_starts(shapes, k) for k in range(2, min(_MOST_SEGMENTS, len(usable) // _HOMES) + 1)}
    ratios = {k: _variance_ratio(shapes, labels, k) for k, labels in tried.items()}
    chosen = max(ratios, key=lambda k: ratios[k])
    labels = tried[chosen]
    order = np.argsort(-np.bincount(labels, minlength=chosen), kind="stable")
    of[usable] = 1 + np.argsort(order)[labels]
    found = {
        "households": len(usable),
        "left_out": len(group) - len(usable),
        "variance_ratios": {str(k): round(ratio, 3) for k, ratio in ratios.items()},
        "segments": [
            _described(shapes[labels == label], days[labels == label], group[usable][labels == label])
            for label in order
        ],
    }
    return Segments(found, of)


def _described(shapes: np.ndarray, days: np.ndarray, group: np.ndarray) -> dict:
    """A segment: its homes, kWh a day, the share of each Acorn group in it, and its mean shape."""
    shares = {name: round(float((group == n).mean()), 6) for n, name in enumerate(ACORN_GROUPS)}
    return {
        "households": len(shapes),
        "kwh_per_household_day": round(float(days.sum(1).mean()), 6),
        "groups": {name: share for name, share in shares.items() if share},
        "shape": [round(float(value), 6) for value in shapes.mean(0)],
    }


def _best_of_starts(points: np.ndarray, k: int) -> np.ndarray:
    """Each point's cluster: of several starts the one with the least squares."""
    draw = np.random.Generator(np.random.PCG64(_SEED))
    runs = [_cluster(points, _start(points, k, draw)) for _ in range(_STARTS)]
    return min(runs, key=lambda labels: _within(points, labels, k))


def _start(points: np.ndarray, k: int, draw: np.random.Generator) -> np.ndarray:
    """Centres among the points, likely far from each other: k-means++ (Arthur and Vassilvitskii, 2007)."""
    centres = points[[draw.integers(len(points))]]
    while len(centres) < k:
        nearest = _squares(points, centres).min(1)
        at = np.searchsorted(np.cumsum(nearest), draw.random() * nearest.sum())
        centres = np.vstack([centres, points[min(at, len(points) - 1)]])
    return centres


def _cluster(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Each point's nearest centre after Lloyd's rounds from these, as many as it takes or 50."""
    labels = np.full(len(points), -1)
    for _ in range(_ROUNDS):
        before, labels = labels, _squares(points, centres).argmin(1)
        if (labels == before).all():
            break
        mine = labels == np.arange(len(centres))[:, None]
        count = mine.sum(1, keepdims=True)
        # A centre without points stays where it is.
        centres = np.where(count > 0, mine @ points / np.maximum(count, 1), centres)
    return labels


def _squares(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Squared distances, points × centres."""
    apart = (points**2).sum(1)[:, None] - 2 * points @ centres.T + (centres**2).sum(1)
    return np.maximum(apart, 0)


def _within(points: np.ndarray, labels: np.ndarray, k: int) -> float:
    """The squared distances of points from the mean of their cluster."""
    mine = [points[labels == n] for n in range(k)]
    return float(sum(((some - some.mean(0)) ** 2).sum() for some in mine if len(some)))


def _variance_ratio(points: np.ndarray, labels: np.ndarray, k: int) -> float:
    """The variance between clusters by that within them."""
    within = _within(points, labels, k)
    between = float(((points - points.mean(0)) ** 2).sum()) - within
    return between / (k - 1) / max(within / (len(points) - k), 1e-12)
