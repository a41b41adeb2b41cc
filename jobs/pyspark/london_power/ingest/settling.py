"""Decides which months have to be compared again, and which files stay unchanged."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from . import ranges
from .months import Written
from .second_look import Month, Settled, settle_month
from .version import Source, Version


@dataclass
class Months:
    """The files of the next version, some of them from the version before, and the dropped rows of each month
    that was compared.
    """

    files: list[Written]
    lost: list[Written]
    settled: list[Settled]


def settle(
    run: Callable[[Callable, list], list],
    before: Version,
    fresh: list[Written],
    sources: list[Source],
    touched: set[str],
    windows: ranges.Ranges,
    folder: str,
) -> Months:
    """Compares the files of the months `touched` with each other where they may have duplicates. `sources`
    has the remaining sources in their order. `run` applies a function to each element of a list, on Spark.
    """
    rank = _ranks(before, sources)
    in_months = ranges.in_months(windows)
    suspected = {source.number: ranges.months(in_months, source.stretches) for source in sources}

    def suspect(file: Written) -> bool:
        return any(rank[number] < 0 or file.month in suspected[number] for number, _ in file.origins)

    files = [file for file in before.files if any(rank[number] >= 0 for number, _ in file.origins)] + fresh
    months = []
    for month in sorted(touched):
        of_month = [file for file in files if file.month == month]
        lost = [file for file in before.lost if file.month == month]
        suspects = of_month if lost else [file for file in of_month if suspect(file)]
        if suspects or lost:
            months.append(Month(month, suspects, lost))
    settled = run(lambda month: settle_month(month, windows, rank, folder), months)
    replaced = {uri for each in settled for uri in each.replaced}
    compared = {each.month for each in settled}
    files = [file for file in files if file.uri not in replaced]
    lost = [file for file in before.lost if file.month not in compared]
    for each in settled:
        files += each.files
        lost += each.lost
    return Months(files, lost, settled)


def _ranks(before: Version, sources: list[Source]) -> np.ndarray:
    """Returns the position of each source by its number, -1 for a deleted one."""
    highest = max(source.number for source in [*before.sources, *sources])
    rank = np.full(highest + 1, -1)
    for place, source in enumerate(sources):
        rank[source.number] = place
    return rank
