"""Reads CSV into the lake at Arrow speed: Spark hands out byte ranges, its Python workers parse them and
write Parquet. No row passes through the JVM.
"""
