"""The other task: which Acorn group is a household of, judging by how it uses electricity?"""

import numpy as np

from ..common.schema import ACORN_GROUPS
from .sampling import place
from .scan import HALF_HOURS

GROUPS = ACORN_GROUPS[:3]  # in their order; the others are no groups but gaps
FOLDS = 4
_LEAST_HOMES = 8
_BLOCK = 8  # half hours: finer shapes of the day drown in what homes of one group differ by
_SHRINKAGE = 0.5  # of the covariances between features, which are many beside the households


def classify(households: list[str], group: np.ndarray, profile: np.ndarray) -> dict:
    """How well linear discriminants tell the groups of households that they have not seen: `accuracy` and
    `macro_f1`, beside those of naming the most frequent group, and the `confusion` matrix, a row for each
    true group.

    `group` is a place in ACORN_GROUPS, `profile` as in scan.Piece. Each household is judged once, by what was
    learned from the households of the other folds. With too few households there is `skipped`, which says
    why.
    """
    usable = np.flatnonzero((group >= 0) & (group < len(GROUPS)) & (profile[:, :HALF_HOURS, 1].sum(1) > 0))
    usable = np.array(sorted(usable, key=lambda n: place(households[n])), np.int64)
    label, seen = group[usable].astype(np.int64), features(profile[usable])
    count = np.bincount(label, minlength=len(GROUPS))
    named = [n for n in range(len(GROUPS)) if count[n]]
    report = {
        "task": "Acorn group of a household from its consumption",
        "households": {GROUPS[n]: int(count[n]) for n in named},
        "features": "mean kWh a half hour; share of each four hours of the day, of weekends and of seasons",
        "model": "linear discriminants, covariances shrunk by half",
        "split": f"by household: {FOLDS} folds, the groups spread evenly over them",
    }
    if len(named) < 2 or len(label) < _LEAST_HOMES:
        reason = f"{len(label)} households in {len(named)} groups: there is nothing to learn from fewer than"
        return report | {"skipped": f"{reason} {_LEAST_HOMES} in two"}
    told = _told(seen, label, count)
    frequent = int(count.argmax())
    constant = np.full_like(label, frequent)
    matrix = _matrix(label, told, named)
    quality, baseline = _quality(matrix), _quality(_matrix(label, constant, named))
    return (
        report
        | quality
        | {
            "baseline": {"always": GROUPS[frequent], **baseline},
            "better": _better(told, constant, label) and quality["macro_f1"] > baseline["macro_f1"],
            "confusion": matrix,
        }
    )


def features(profile: np.ndarray) -> np.ndarray:
    """Households × (logarithm of the mean kWh a half hour, means of each four hours of the day, of weekends
    and of seasons, each as a share of that; 1 where there are none).
    """
    by_half_hour = profile[:, :HALF_HOURS].reshape(len(profile), -1, _BLOCK, 2).sum(2)
    profile = np.concatenate([by_half_hour, profile[:, HALF_HOURS:]], 1)
    kwh, count = profile[..., 0] / 1e6, profile[..., 1]
    parts = by_half_hour.shape[1]
    level = kwh[:, :parts].sum(1) / count[:, :parts].sum(1)
    level = np.maximum(level, 1e-6)[:, None]  # a home that used nothing
    shares = np.divide(kwh, count * level, out=np.ones_like(kwh), where=count > 0)
    return np.hstack([np.log(level), shares])


def _better(told: np.ndarray, constant: np.ndarray, label: np.ndarray) -> bool:
    """Whether the households that are told right more often than by naming one group are more than chance, at
    95 %.
    """
    gain = (told == label).astype(float) - (constant == label)
    return bool(gain.mean() > 1.96 * gain.std() / np.sqrt(len(gain)))


def _told(seen: np.ndarray, label: np.ndarray, count: np.ndarray) -> np.ndarray:
    """The group that each household is taken for; the homes of a group get folds in turn."""
    fold, told = np.empty_like(label), np.empty_like(label)
    for n in range(len(count)):
        fold[label == n] = np.arange(count[n]) % FOLDS
    for n in range(FOLDS):
        if (fold == n).any():
            told[fold == n] = _discriminate(seen[fold != n], label[fold != n], seen[fold == n])
    return told


def _discriminate(seen: np.ndarray, label: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Fisher's linear discriminants with one covariance for all groups (Hastie and others, The Elements of
    Statistical Learning, 4.3).
    """
    groups, count = np.unique(label, return_counts=True)
    centres = np.array([seen[label == n].mean(0) for n in groups])
    apart = seen - centres[np.searchsorted(groups, label)]
    covariance = apart.T @ apart / max(len(seen) - len(groups), 1)
    variances = np.diag(np.diag(covariance)) + 1e-6 * np.eye(len(covariance))
    weights = np.linalg.solve((1 - _SHRINKAGE) * covariance + _SHRINKAGE * variances, centres.T)
    offsets = np.log(count / len(label)) - 0.5 * np.einsum("gf,fg->g", centres, weights)
    return groups[(asked @ weights + offsets).argmax(1)]


def _matrix(label: np.ndarray, told: np.ndarray, named: list[int]) -> dict[str, dict[str, int]]:
    return {
        GROUPS[true]: {GROUPS[said]: int(((label == true) & (told == said)).sum()) for said in named}
        for true in named
    }


def _quality(matrix: dict[str, dict[str, int]]) -> dict[str, float]:
    """accuracy, and macro_f1: the mean of the groups' harmonic means of precision and recall."""
    total = sum(sum(row.values()) for row in matrix.values())
    scores = []
    for group, row in matrix.items():
        said = sum(other[group] for other in matrix.values())
        scores.append(2 * row[group] / (said + sum(row.values())))
    right = sum(row[group] for group, row in matrix.items())
    return {"accuracy": round(right / total, 6), "macro_f1": round(sum(scores) / len(scores), 6)}
