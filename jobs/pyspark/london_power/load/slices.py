"""Divides readings into slices that are loaded one after the other."""

from dataclasses import dataclass

from pyspark.sql import DataFrame
from pyspark.sql import functions as F


@dataclass(frozen=True)
class Slice:
    """The readings of months `first` to `last`, of the households in one `part` of `parts`."""

    first: str
    last: str
    part: int = 1
    parts: int = 1

    @property
    def name(self) -> str:
        months = self.first if self.first == self.last else f"{self.first}..{self.last}"
        return months if self.parts == 1 else f"{months} {self.part}/{self.parts}"

    def of(self, readings: DataFrame) -> DataFrame:
        rows = readings.where(F.col("month").between(self.first, self.last))
        if self.parts == 1:
            return rows
        return rows.where(F.pmod(F.hash("household"), F.lit(self.parts)) == self.part - 1)


def plan(months: dict[str, int], most: int) -> list[Slice]:
    """Plans slices of about `most` readings or fewer from the number of readings in each month. Small months
    share a slice, and large months are divided by household. A household's day is never in two slices.
    """
    slices: list[Slice] = []
    held = 0
    for month in sorted(months):
        parts = -(-months[month] // most)
        if parts > 1:
            slices += [Slice(month, month, part, parts) for part in range(1, parts + 1)]
            held = most
        elif slices and held + months[month] <= most:
            slices[-1] = Slice(slices[-1].first, month)
            held += months[month]
        else:
            slices.append(Slice(month, month))
            held = months[month]
    return slices
