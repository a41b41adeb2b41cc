"""The text of rows that contradict others, from the files or from the quarantine of the run before."""

from collections.abc import Iterable

import numpy as np
import pyarrow as pa

from ..common import stores
from . import lines, months
from .blocks import blocks
from .parse import parse
from .quarantine import Quarantine
from .readings import VALUES, Readings
from .splits import Split


def find_rows(splits: list[Split], wanted: Readings, folder: str) -> str | None:
    """Puts the text of each wanted reading into a file for the quarantine, as a conflict; returns its URI."""
    missing = {key: True for key in _keys(wanted)}
    quarantine = Quarantine(folder)
    for number, split in enumerate(splits):
        line = 0
        for block in blocks(split):
            parsed = parse(block)
            homes, times = parsed.readings.household, parsed.readings.time
            rows = np.flatnonzero(np.isin(homes, wanted.household) & np.isin(times, wanted.time))
            hits = [
                at
                for at, key in zip(rows, _keys(parsed.readings.take(rows)), strict=True)
                if missing.pop(key, False)
            ]
            if hits:
                plain, delimiter = lines.unquoted(block)
                whole = lines.rows(plain, delimiter)[0]
                good = whole[~np.isin(whole, [at for _, at, _ in parsed.bad])][hits]
                for at, row in zip(good.tolist(), lines.texts(plain, good, delimiter), strict=True):
                    quarantine.add("conflict", stores.spelled(split.uri), number, line + at, row)
            line += parsed.lines
    if missing:
        raise RuntimeError(
            f"{len(missing)} rows that were read before are gone: did the input change meanwhile?"
        )
    return quarantine.close()


def still_true(
    before: Iterable[pa.Table], wanted: dict[str, Readings], touched: Iterable[str]
) -> tuple[list[dict], dict[str, Readings]]:
    """Returns the conflicts of the earlier quarantine that are still conflicts, and the wanted ones that it
    does not have.

    `wanted` has for each file, as the quarantine spells it, its conflicts in the months `touched`.
    """
    there: dict[str, list[dict]] = {}
    for row in (row for rows in before for row in rows.to_pylist()):
        there.setdefault(row["file"], []).append(row)
    kept, new = [], dict(wanted)
    for file, rows in there.items():
        readings = parse("".join(f"{row['row']}\n" for row in rows).encode()).readings
        keys, asked = _keys(readings), _keys(wanted[file]) if file in wanted else []
        now, known = set(asked), set(keys)
        same = [
            months.name(month) not in touched or key in now
            for month, key in zip(readings.month.tolist(), keys, strict=True)
        ]
        kept += [row for row, stays in zip(rows, same, strict=True) if stays]
        if asked:
            new[file] = wanted[file].take(np.array([key not in known for key in asked], bool))
    return kept, {file: readings for file, readings in new.items() if len(readings)}


def _keys(readings: Readings) -> list[tuple]:
    kwh = np.where(np.isnan(readings.kwh), -1, readings.kwh)
    columns = [readings.household, readings.time, kwh, *(getattr(readings, n) for n in VALUES if n != "kwh")]
    return list(zip(*(column.tolist() for column in columns), strict=True))
