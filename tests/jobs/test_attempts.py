"""Tasks that are tried again or run twice, and a driver that is killed, leave neither more rows nor fewer."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pyspark
import pytest
from london_power.common.lake import Lake
from rows import COUNTS, MIXED
from settings import conf_arguments

SPARK_HOME = str(Path(pyspark.__file__).parent)
# One task a file, whatever the size, so that one can fail or be slow while others are not.
HEAD = """
import os, signal, time
import ingest
from london_power.ingest import engine
from london_power.common import stores
from london_power.common.job import main
from pyspark import TaskContext

plan, read_splits, move = engine.plan, engine.read_splits, stores.move
engine.plan = lambda entries, cores: [[split] for task in plan(entries, cores) for split in task]
"""
FAILS_ONCE = """
def fails_once(task, folder):
    report = read_splits(task, folder)  # its files are there, as after the loss of an executor
    if TaskContext.get().attemptNumber() == 0:
        raise OSError("the first attempt is lost")
    return report
engine.read_splits = fails_once
"""
SLOW_ONCE = """
def slow_once(task, folder):
    report = read_splits(task, folder)
    if TaskContext.get().attemptNumber() == 0 and "slow" in task[0].uri:
        time.sleep(20)
    return report
engine.read_splits = slow_once
"""
KILLED = """
def killed(uri, to, size):
    move(uri, to, size)
    os.kill(os.getpid(), signal.SIGKILL)
stores.move = killed
"""
TAIL = 'main("ingest", ingest.arguments(), ingest.work)\n'


@pytest.fixture
def submit(tmp_path, lake):
    """submit(change, …): the ingest job in a Spark of its own, with `change` made to it; its process."""

    def run(change: str, *files, master: str = "local[2]", conf: dict | None = None):
        script = tmp_path / "changed.py"
        script.write_text(HEAD + change + TAIL)
        return subprocess.run(
            [
                *(str(Path(sys.executable).parent / "spark-submit"), "--master", master),
                *conf_arguments(conf),
                *(str(script), *(a for file in files for a in ("--csv", str(file)))),
                *("--lake", lake.root, "--run", "again"),
            ],
            env=os.environ | {"SPARK_HOME": SPARK_HOME, "PYSPARK_PYTHON": sys.executable},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=150,
        )

    return run


@pytest.fixture
def files(write_csv):
    """The mixed input, its middle in a file of its own; conflicts and duplicates lie across the cut."""
    return [
        write_csv(*rows, name=name)
        for name, rows in (("a.csv", MIXED[:3]), ("slow.csv", MIXED[3:6]), ("z.csv", MIXED[6:]))
    ]


def test_tasks_that_are_tried_again_add_nothing(submit, files, lake):
    ended = submit(FAILS_ONCE, *files, master="local[2,2]")
    assert "the first attempt is lost" in ended.stdout
    assert_whole(ended, lake)


def test_of_two_attempts_at_a_task_one_counts(submit, files, lake):
    speculation = {
        "spark.speculation": "true",
        **{"spark.speculation.interval": "100ms", "spark.speculation.quantile": "0.3"},
        **{"spark.speculation.minTaskRuntime": "1s", "spark.executor.memory": "512m"},
    }
    ended = submit(SLOW_ONCE, *files, master="local-cluster[2,2,512]", conf=speculation)
    assert_whole(ended, lake)


def test_a_driver_killed_while_it_moves_files_leaves_the_table_as_it_was(
    spark, submit, files, lake, run_job, sample
):
    run_job("ingest", "--csv", sample, "--lake", lake.root)
    before = rows_of(lake)
    assert submit(KILLED, *files).returncode == 128 + signal.SIGKILL  # as spark-submit passes it on
    assert rows_of(lake) == before
    assert_whole(submit("", *files), Lake(spark, lake.root))


def assert_whole(ended: subprocess.CompletedProcess, lake: Lake) -> None:
    """The run counted what is there, and nothing is left of attempts."""
    assert ended.returncode == 0, ended.stdout
    [result] = [json.loads(line.split(" ", 1)[1]) for line in ended.stdout.splitlines() if '"result"' in line]
    assert result["metrics"].items() >= COUNTS.items()
    assert lake.read("readings").count() == COUNTS["rows_stored"]
    assert lake.read("quarantine").count() == COUNTS["rows_quarantined"]
    assert lake.files.folders(lake.path("readings")) == ["_lost", "month=2013-01"]


def rows_of(lake: Lake) -> list[str]:
    return sorted(map(repr, lake.read("readings").collect()))
