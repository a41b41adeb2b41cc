"""Which files there are and what is in them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .lines import lines

# The blank at the end of a column's name is the publisher's.
HEADER = "LCLid,stdorToU,DateTime,KWH/hh (per half hour) ,Acorn,Acorn_grouped\n"


@dataclass(frozen=True)
class Plan:
    """What to make: `households` over `days` from `start` on, spread over `shards` files.

    `last_rows` is how many rows the last household may have; None for all.
    """

    households: int
    days: int
    start: date
    seed: int
    shards: int
    last_rows: int | None = None


def write_shard(plan: Plan, shard: int, path: Path) -> int:
    """Writes one of the plan's files, household after household; returns its number of rows, the header not
    counted.
    """
    rows = 0
    with path.open("wb", buffering=0) as file:
        file.write(HEADER.encode())
        for number in range(*span(plan, shard)):
            pieces = lines(plan.seed, number, plan.start, plan.days)
            if number == plan.households - 1 and plan.last_rows is not None:
                pieces = b"".join(pieces).splitlines(keepends=True)[: plan.last_rows]
            for piece in pieces:
                file.write(piece)
                rows += piece.count(b"\n")
    return rows


def span(plan: Plan, shard: int) -> tuple[int, int]:
    """The first household of a shard, and the one after its last."""
    return plan.households * shard // plan.shards, plan.households * (shard + 1) // plan.shards
