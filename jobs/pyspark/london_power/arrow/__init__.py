"""Ingest at Arrow speed: Spark hands out byte ranges, its Python workers parse them and write Parquet.

No row passes through the JVM. The rules are those of quality.py, the table is the same row for row.
"""
