"""Whole households, as many as a number of rows allows: which ones depends on their names alone."""

from hashlib import sha256

import numpy as np


def place(household: str) -> float:
    """Where a household stands among all, from 0 to below 1: a sample takes them in this order."""
    return int.from_bytes(sha256(household.encode()).digest()[:6], "big") / 2**48


def choose(households: list[str], rows: np.ndarray, most: int) -> np.ndarray:
    """The places in `households` of the first whose `rows` together are no more than `most`, at least one."""
    order = sorted(range(len(households)), key=lambda n: place(households[n]))
    fits = np.cumsum(rows[order]) <= most
    count = max(1, len(order) if fits.all() else int(fits.argmin()))
    return np.sort(np.array(order[:count], np.int64))


def report(groups: list[str], rows: np.ndarray, values: np.ndarray, chosen: np.ndarray, most: int) -> dict:
    """How many households and rows these are of how many; `groups` names the Acorn group of each."""
    by_group = [groups[n] for n in chosen]
    return {
        "households": len(groups),
        "households_used": len(chosen),
        "households_by_group": {group: by_group.count(group) for group in sorted(set(by_group))},
        "share": round(len(chosen) / len(groups), 6),
        "rows": int(rows.sum()),
        "rows_used": int(rows[chosen].sum()),
        "rows_null": int((rows - values)[chosen].sum()),
        "rows_at_most": most,
    }
