"""Writes all shards of a plan, several at a time, and says how fast."""

import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from pathlib import Path

from .lines import count
from .shards import Plan, span, write_shard


def write_all(plan: Plan, folder: Path, processes: int, report: Callable[[str], None]) -> int:
    """Writes power_1.csv, power_2.csv, … into the folder, which is there; returns the number of rows.

    What a file holds depends on the plan only. Raises ValueError if the plan asks for more rows than its
    households have.
    """
    if processes == 1 or plan.shards == 1:
        limits = _limits(plan, [_count(plan, shard) for shard in range(plan.shards)] if plan.rows else None)
        return sum(write_shard(plan, n, path(folder, n), limits[n]) for n in range(plan.shards))
    with ProcessPoolExecutor(processes) as pool:
        every = range(plan.shards)
        limits = _limits(plan, list(pool.map(_count, [plan] * plan.shards, every)) if plan.rows else None)
        begin, rows, done = time.monotonic(), 0, 0
        waiting = {pool.submit(write_shard, plan, n, path(folder, n), limits[n]) for n in every}
        while waiting:
            ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            rows, done = rows + sum(each.result() for each in ready), done + len(ready)
            speed = rows / (time.monotonic() - begin)
            report(f"{done} of {plan.shards} files, {rows:,} rows, {speed:,.0f} rows/s")
    return rows


def path(folder: Path, shard: int) -> Path:
    return folder / f"power_{shard + 1}.csv"


def cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _count(plan: Plan, shard: int) -> int:
    return sum(count(plan.seed, number, plan.days) for number in range(*span(plan, shard)))


def _limits(plan: Plan, counts: list[int] | None) -> list[int | None]:
    """How many rows each shard may have; all but the last few have what they have."""
    if counts is None:
        return [None] * plan.shards
    if sum(counts) < plan.rows:
        raise ValueError(f"{plan.households} households have {sum(counts)} rows in {plan.days} days, no more")
    limits, left = [], plan.rows
    for held in counts:
        limits.append(min(held, left))
        left -= limits[-1]
    return limits
