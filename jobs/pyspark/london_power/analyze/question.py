"""What a question is, and how it is asked."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

import duckdb
import pyarrow as pa

Rows = list[dict]
_DIGITS = Decimal("0.000001")


@dataclass(frozen=True)
class Question:
    """One text in SQL over the tables of partials.py, the same on every target.

    `order` lists the expressions that sort the answer; `units` are those of its columns, written into the
    answer's Parquet; `plot` makes pictures of the rows, name → content; `finish` makes the answer of the
    text's, given the 0.975 quantile of Student's t by degrees of freedom; `shown` answers, small whatever the
    data, go into the job's metrics and so into the stack's state; `stored` ones into MongoDB, whose documents
    hold 16 MB.
    """

    name: str
    text: str
    order: list[str]
    units: dict[str, str] = field(default_factory=dict)
    plot: Callable[[Rows], dict[str, bytes]] | None = None
    finish: Callable[[pa.Table, Callable[[float], float]], pa.Table] | None = None
    shown: bool = True
    stored: bool = True


class Questions:
    """A database in memory that holds the partial tables.

    DuckDB and not Spark SQL: over tables this small Spark's time is planning and compilation, some seconds
    for six questions where DuckDB takes a tenth of one.
    """

    def __init__(self, tables: dict[str, pa.Table], quantile: Callable[[float], float]):
        # One thread, so that sums of floating-point numbers are added in the same order each time.
        offline = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
        self._database = duckdb.connect(config={"threads": "1", **offline})
        self._quantile = quantile
        for name, table in tables.items():
            self._database.register(name, table)

    def ask(self, question: Question) -> pa.Table:
        """The sorted answer. Floating-point numbers are rounded to six decimals."""
        order = ", ".join(question.order)
        answer = self._database.sql(f"SELECT * FROM ({question.text}) ORDER BY {order}").to_arrow_table()
        if question.finish:
            answer = question.finish(answer, self._quantile)
        columns = [_plain(column) for column in answer.columns]
        fields = [
            pa.field(
                name, column.type, metadata={"unit": unit} if (unit := question.units.get(name)) else None
            )
            for name, column in zip(answer.column_names, columns, strict=True)
        ]
        return pa.table(columns, schema=pa.schema(fields))


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text, dates, int64 and rounded float64 only."""
    if pa.types.is_floating(column.type):
        return pa.chunked_array([pa.array([_rounded(value) for value in column.to_pylist()], pa.float64())])
    if pa.types.is_date(column.type):
        return column
    return column.cast(
        pa.int64() if pa.types.is_integer(column.type) or pa.types.is_decimal(column.type) else pa.string()
    )


def _rounded(value: float | None) -> float | None:
    """Half up in the shortest decimal form, as Spark SQL's round does it."""
    return None if value is None else float(Decimal(repr(value)).quantize(_DIGITS, ROUND_HALF_UP))
