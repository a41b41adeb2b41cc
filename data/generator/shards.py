"""Which files there are and what is in them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .lines import count, lines

# The blank at the end of a column's name is the publisher's.
HEADER = "LCLid,stdorToU,DateTime,KWH/hh (per half hour) ,Acorn,Acorn_grouped\n"
_ROW_BYTES = 67  # on average


@dataclass(frozen=True)
class Plan:
    """What to make: `households` × `days` from `start` on, spread over `shards` files.

    `rows` is where to stop, the last household then being cut short; None for all that the households have.
    """

    households: int
    days: int
    start: date
    seed: int
    shards: int
    rows: int | None = None


def write_shard(plan: Plan, shard: int, path: Path, limit: int | None = None) -> int:
    """Writes one of the plan's files, household after household; returns its number of rows, the header not
    counted. `limit` is how many rows it may have.
    """
    rows = 0
    with path.open("wb", buffering=0) as file:
        file.write(HEADER.encode())
        for number in range(*span(plan, shard)):
            text = lines(plan.seed, number, plan.start, plan.days)
            held = count(plan.seed, number, plan.days)
            if limit is not None and rows + held > limit:
                kept = text.split(b"\n")[: limit - rows]
                text, held = b"".join(line + b"\n" for line in kept), len(kept)
            file.write(text)
            rows += held
    return rows


def span(plan: Plan, shard: int) -> tuple[int, int]:
    """The first household of a shard, and the one after its last."""
    return plan.households * shard // plan.shards, plan.households * (shard + 1) // plan.shards
