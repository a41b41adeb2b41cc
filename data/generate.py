"""Writes smart-meter CSV files shaped like the published London set; see README.md.

The same arguments give the same bytes on every machine: all arithmetic is on integers.
"""

import argparse
from datetime import date
from pathlib import Path

from generator.shards import Plan, write_shard

HERE = Path(__file__).resolve().parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=12)
    parser.add_argument("--days", type=int, default=105)
    parser.add_argument(
        "--start", type=date.fromisoformat, default=date(2013, 1, 1), help="first day, YYYY-MM-DD"
    )
    parser.add_argument("--seed", type=int, default=4094)
    parser.add_argument("--out", type=Path, default=HERE, help="folder for power_1.csv, power_2.csv, …")
    parser.add_argument("--shards", type=int, default=1, help="how many files to spread the households over")
    asked = parser.parse_args()
    if min(asked.households, asked.days, asked.shards) < 1 or asked.shards > asked.households:
        parser.error("--households, --days and --shards start at 1, and a shard needs a household")
    plan = Plan(asked.households, asked.days, asked.start, asked.seed, asked.shards)
    asked.out.mkdir(parents=True, exist_ok=True)
    for shard in range(asked.shards):
        path = asked.out / f"power_{shard + 1}.csv"
        print(f"{path}: {write_shard(plan, shard, path)} rows")


if __name__ == "__main__":
    main()
