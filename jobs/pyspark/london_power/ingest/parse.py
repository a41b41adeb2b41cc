"""Parses a block of CSV lines into readings, and rows that are not readings, with their reasons.

Arrow reads every column as a dictionary. The rules then look at each different value once (a block of 32 MB
holds half a million rows, but only some thousand different amounts and six households), and numpy looks the
results up for all rows.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from pyarrow import csv

from ..common.schema import CSV_COLUMNS
from . import lines, published, rules
from .readings import Readings
from .times import micros_of, months_of

_TYPES = {name: pa.dictionary(pa.int32(), pa.binary()) for name in CSV_COLUMNS}


@dataclass
class Parsed:
    """`lines` counts lines, blank ones too, `rows` all rows, good or bad; `bad` are (reason, line in the
    block from 0, text).
    """

    readings: Readings
    lines: int
    rows: int
    bad: list[tuple[str, int, str]]


def parse(block: bytes) -> Parsed:
    """Parses whole lines, header excluded, that end in line feeds only."""
    count = lines.count(block)
    readings = published.parse(block, count)
    if readings is not None:
        return Parsed(readings, count, len(readings), [])
    plain, delimiter = lines.unquoted(block)
    table, malformed = _read(plain, delimiter)
    reasons, columns = _judge(table)
    if not malformed and not reasons.any():
        return Parsed(Readings(*columns), count, len(reasons), [])
    whole, broken = lines.rows(plain, delimiter)
    if len(whole) != len(reasons):
        raise RuntimeError(f"Arrow found {len(reasons)} rows of six columns where {len(whole)} lines are")
    wrong = np.flatnonzero(reasons)
    names = [rules.REASONS[reasons[at]] for at in wrong]
    bad = list(zip(names, whole[wrong].tolist(), lines.texts(plain, whole[wrong], delimiter), strict=True))
    bad += [("columns", at, row) for at, row in zip(broken.tolist(), lines.texts(block, broken), strict=True)]
    good = reasons == 0
    readings = Readings(*(column[good] for column in columns))
    return Parsed(readings, count, len(whole) + len(broken), sorted(bad, key=_line))


def _line(bad: tuple[str, int, str]) -> int:
    return bad[1]


def _read(block: bytes, delimiter: str) -> tuple[pa.Table, bool]:
    """Returns the rows with six columns, and whether there are others."""
    if block.isspace() or not block:
        return pa.table({name: pa.array([], _TYPES[name]) for name in CSV_COLUMNS}), bool(block)
    malformed = []

    def skip(_row: csv.InvalidRow) -> str:
        malformed.append(True)
        return "skip"

    table = csv.read_csv(
        pa.BufferReader(block),
        csv.ReadOptions(use_threads=False, column_names=CSV_COLUMNS, block_size=len(block) + 1),
        csv.ParseOptions(delimiter=delimiter, quote_char=False, invalid_row_handler=skip),
        csv.ConvertOptions(column_types=_TYPES, check_utf8=False, strings_can_be_null=False),
    )
    return table, bool(malformed)


def _judge(table: pa.Table) -> tuple[np.ndarray, list[np.ndarray]]:
    """Returns for each row the index of its reason in REASONS, 0 if it is valid (no row here lacks a column);
    and the columns of Readings.
    """
    reasons = np.zeros(table.num_rows, np.int8)
    household, tariff, time, kwh, acorn, group = (_dictionary(table, name) for name in CSV_COLUMNS)

    def look_up(column: pa.DictionaryArray, values: np.ndarray) -> np.ndarray:
        return values[column.indices.to_numpy()]

    def blame(column: pa.DictionaryArray, values: np.ndarray, code: float, reason: str) -> None:
        if (values == code).any():
            reasons[(look_up(column, values) == code) & (reasons == 0)] = rules.REASONS.index(reason)

    judged = {}
    for name, column, values in (
        ("household", household, _values(household, rules.household, np.int32)),
        ("tariff", tariff, _values(tariff, rules.tariff, np.int8)),
        ("time", time, micros_of(time.dictionary)),
        ("kwh", kwh, _values(kwh, rules.kwh, np.float64)),
        ("acorn", acorn, _values(acorn, rules.acorn, np.int8)),
        ("acorn_group", group, _values(group, rules.acorn_group, np.int8)),
    ):
        for code, reason in rules.KWH_REASONS.items() if name == "kwh" else [(rules.BAD, name)]:
            blame(column, values, code, reason)
        judged[name] = look_up(column, values)
        if name == "time":
            month = look_up(column, months_of(values))
    return reasons, [*judged.values(), month]


def _dictionary(table: pa.Table, name: str) -> pa.DictionaryArray:
    chunks = table.column(name).unify_dictionaries().chunks
    return (
        chunks[0] if len(chunks) == 1 else pa.concat_arrays(chunks) if chunks else pa.array([], _TYPES[name])
    )


def _values(column: pa.DictionaryArray, rule: Callable[[bytes], float], dtype) -> np.ndarray:
    return np.array([rule(value) for value in column.dictionary.to_pylist()], dtype)
