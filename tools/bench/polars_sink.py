"""polars_sink.py OUT FILE…: Polars' streaming scan → one Parquet file."""

import sys

import polars as pl

NAMES = ["household", "tariff", "time", "kwh", "acorn", "acorn_group"]

out, *files = sys.argv[1:]
rows = pl.scan_csv(files, has_header=True, new_columns=NAMES, infer_schema=False)
rows = rows.with_columns(
    pl.col("time").str.to_datetime("%Y-%m-%d %H:%M:%S%.f", time_unit="us"),
    pl.col("kwh").str.strip_chars(" ").cast(pl.Float64, strict=False),
)
rows.sink_parquet(out, compression="zstd")
