"""Writes all shards of a plan, several at a time, and says how fast."""

import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from pathlib import Path

from .shards import Plan, write_shard


def write_all(plan: Plan, folder: Path, processes: int, report: Callable[[str], None]) -> int:
    """Writes power_1.csv, power_2.csv, … into the folder, which is there; returns the number of rows.

    What a file holds depends on the plan only.
    """
    if processes == 1 or plan.shards == 1:
        return sum(write_shard(plan, shard, path(folder, shard)) for shard in range(plan.shards))
    with ProcessPoolExecutor(processes) as pool:
        begin, rows, done = time.monotonic(), 0, 0
        waiting = {pool.submit(write_shard, plan, shard, path(folder, shard)) for shard in range(plan.shards)}
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
