"""duckdb_copy.py CORES OUT FILE…: DuckDB's COPY → one Parquet file."""

import sys

import duckdb

COLUMNS = {
    "household": "VARCHAR",
    "tariff": "VARCHAR",
    "time": "TIMESTAMP",
    "kwh": "DOUBLE",
    "acorn": "VARCHAR",
    "acorn_group": "VARCHAR",
}

cores, out, *files = sys.argv[1:]
database = duckdb.connect()
database.execute(f"SET threads = {int(cores)}")
database.execute("SET preserve_insertion_order = false")  # the faster way
source = f"read_csv({files}, header = true, nullstr = 'Null', columns = {COLUMNS})"
database.execute(f"COPY (FROM {source}) TO '{out}' (FORMAT parquet, COMPRESSION zstd)")
