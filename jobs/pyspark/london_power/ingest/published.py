"""A fast parser for blocks in the publisher's exact format.

    MAC000002,Std,2013-01-01 00:30:00.0000000, 0.123 ,ACORN-C,Affluent

Split at its three blanks, such a row has four columns with few distinct values each: a household's day (one
value for 48 rows), the time of day, the amount, and the group. Reading these takes half the time of reading
the six columns between commas. Rows without blanks around the number, such as those with Null, are few and
are read one by one. A block with any other deviation goes to the general parser, parse.py.
"""

from functools import lru_cache

import numpy as np
import pyarrow as pa
from pyarrow import csv

from ..common.schema import TARIFFS
from . import rules
from .digits import Shape, days, number
from .readings import Readings
from .times import months_of

_COLUMNS = ["home_day", "time_of_day", "kwh", "group"]
_TYPES = {name: pa.dictionary(pa.int32(), pa.binary()) for name in _COLUMNS}
_HOME_DAY = Shape(b"MAC000000,???,0000-00-00")
_DAY = 86_400_000_000  # microseconds
_FEW = 1000  # rows of a block that may be read one by one


class _Unusual(Exception):
    """The block is not as published."""


def parse(block: bytes, lines: int) -> Readings | None:
    """Returns the readings of a block of that many lines; None if it needs the general parser."""
    if b'"' in block or not lines:
        return None
    singles: list[tuple[int, str]] = []

    def single(row: csv.InvalidRow) -> str:
        singles.append((row.number, row.text))
        return "skip"

    try:
        table = csv.read_csv(
            pa.BufferReader(block),
            csv.ReadOptions(use_threads=False, column_names=_COLUMNS, block_size=len(block) + 1),
            csv.ParseOptions(delimiter=" ", quote_char=False, invalid_row_handler=single),
            csv.ConvertOptions(column_types=_TYPES, check_utf8=False, strings_can_be_null=False),
        )
        # With no blank line among them, a row's number is its line's.
        if table.num_rows + len(singles) != lines or len(singles) > _FEW or not table.num_rows:
            return None
        return _insert(_columns(table), singles)
    except (_Unusual, pa.ArrowInvalid, UnicodeError):
        return None


def _columns(table: pa.Table) -> Readings:
    home_day, time_of_day, kwh, group = (_dictionary(table, name) for name in _COLUMNS)
    household, tariff, day = _home_days(home_day.dictionary)
    times = np.array([_time_of_day(value) for value in time_of_day.dictionary.to_pylist()], np.int64)
    amounts = np.array([rules.kwh(value) for value in kwh.dictionary.to_pylist()])
    groups = np.array([_group(value) for value in group.dictionary.to_pylist()], np.int8).reshape(-1, 2)
    if (times < 0).any() or (amounts < 0).any() or (groups < 0).any():
        raise _Unusual
    homes, letters = home_day.indices.to_numpy(), group.indices.to_numpy()
    return Readings(
        household=household[homes],
        tariff=tariff[homes],
        time=(day * _DAY)[homes] + times[time_of_day.indices.to_numpy()],
        kwh=amounts[kwh.indices.to_numpy()],
        acorn=groups[:, 0][letters],
        acorn_group=groups[:, 1][letters],
        month=months_of(day * _DAY)[homes],
    )


def _home_days(texts: pa.BinaryArray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """'MAC000002,Std,2013-01-01' → number, index of the tariff, days since 1970, for each."""
    rows = _HOME_DAY.match(texts)
    if rows is None or (day := days(rows, 14)) is None:
        raise _Unusual
    tariff = np.full(len(rows), rules.BAD, np.int8)
    for place, name in enumerate(TARIFFS):
        tariff[(rows[:, 10:13] == np.frombuffer(name.encode(), np.uint8)).all(axis=1)] = place
    if (tariff < 0).any():
        raise _Unusual
    return number(rows, 3, 9).astype(np.int32), tariff, day


@lru_cache(maxsize=1 << 16)
def _time_of_day(value: bytes) -> int:
    """'00:30:00.0000000,' → microseconds since midnight, or BAD."""
    time = rules.time(b"2000-01-01 " + value[:-1]) if value.endswith(b",") else rules.BAD
    return rules.BAD if time < 0 else time % _DAY


@lru_cache(maxsize=1 << 10)
def _group(value: bytes) -> tuple[int, int]:
    """',ACORN-C,Affluent' → the indices of both, or BAD."""
    before, *names = value.split(b",")
    if before or len(names) != 2:
        return rules.BAD, rules.BAD
    return rules.acorn(names[0]), rules.acorn_group(names[1])


def _insert(readings: Readings, singles: list[tuple[int, str]]) -> Readings:
    """Inserts rows at their lines, which are numbered from 1."""
    if not singles:
        return readings
    values = [_single(row) for _, row in singles]
    at = [number - 1 - before for before, (number, _) in enumerate(singles)]
    columns = zip(readings.columns(), zip(*values, strict=True), strict=True)
    return Readings(*(np.insert(column, at, np.array(new, column.dtype)) for column, new in columns))


def _single(row: str) -> tuple:
    values = row.encode().split(b",")
    if len(values) != 6:
        raise _Unusual
    home, tariff, time, kwh, acorn, group = values
    codes = [rules.household(home), rules.tariff(tariff), rules.time(time), rules.kwh(kwh)]
    codes += [rules.acorn(acorn), rules.acorn_group(group)]
    if any(code < 0 for code in codes):
        raise _Unusual
    return (*codes, int(months_of(np.array(codes[2]))))


def _dictionary(table: pa.Table, name: str) -> pa.DictionaryArray:
    return pa.concat_arrays(table.column(name).unify_dictionaries().chunks)
