"""Writes smart-meter CSV files shaped like the published London set; see README.md.

The same arguments give the same bytes on every machine: all arithmetic is on integers.
"""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from generator.leftovers import leftovers
from generator.lines import households_of
from generator.many import cores, write_all
from generator.prices import schedule
from generator.shards import Plan
from generator.truth import truth

HERE = Path(__file__).resolve().parent
# October to December of two years, for a difference in differences; the last reading ends on 31 December.
SAMPLE = {"households": 12, "days": 456, "start": date(2012, 10, 1)}
# About the months that the published set covers.
FULL_DAYS, FULL_START = 820, date(2011, 12, 1)
_SHARD_ROWS = 4_000_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--rows", type=_count, help="so many rows exactly, of as many households as that takes"
    )
    parser.add_argument("--households", type=_count)
    parser.add_argument("--days", type=_count)
    parser.add_argument("--start", type=date.fromisoformat, help="first day, YYYY-MM-DD")
    parser.add_argument("--seed", type=int, default=17715)
    parser.add_argument("--out", type=Path, default=HERE, help="folder for power_1.csv, power_2.csv, …")
    parser.add_argument("--shards", type=_count, help="how many files to spread the households over")
    parser.add_argument("--processes", type=_count, default=cores(), help="does not change what is written")
    asked = parser.parse_args()
    plan = _plan(parser, asked)
    try:
        asked.out.mkdir(parents=True, exist_ok=True)
        earlier = leftovers(asked.out, plan.shards)
    except OSError as error:
        parser.error(f"--out {asked.out} is no folder that can be written to: {error.strerror}")
    except ValueError as error:
        parser.error(f"--out {asked.out}: {error}")
    rows = write_all(plan, asked.out, asked.processes, lambda text: print(text, file=sys.stderr))
    for file in earlier:
        file.unlink()
    prices = asked.out / "prices" / "day_ahead.csv"  # where no folder or glob takes it for readings
    prices.parent.mkdir(exist_ok=True)
    prices.write_text(schedule(plan.seed, plan.start, plan.days))
    (asked.out / "truth.json").write_text(json.dumps(truth(plan, rows), indent=1) + "\n")
    print(f"{asked.out}: {rows} rows of {plan.households} households in {plan.shards} files")


def _plan(parser: argparse.ArgumentParser, asked: argparse.Namespace) -> Plan:
    if asked.rows and asked.households:
        parser.error("--rows finds the households: leave --households out, or --rows")
    days = asked.days or (FULL_DAYS if asked.rows else SAMPLE["days"])
    start = asked.start or (FULL_START if asked.rows else SAMPLE["start"])
    households, last_rows = asked.households or SAMPLE["households"], None
    if asked.rows:
        households, last_rows = households_of(asked.rows, asked.seed, start, days)
    shards = asked.shards or (min(households, -(-asked.rows // _SHARD_ROWS)) if asked.rows else 1)
    if shards > households:
        parser.error(f"--shards {shards}: a shard needs a household, and there are {households}")
    return Plan(households, days, start, asked.seed, shards, last_rows)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1 on")
    return int(text)


if __name__ == "__main__":
    main()
