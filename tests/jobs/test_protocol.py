"""The real scripts through spark-submit, as a launcher runs them."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from settings import conf_arguments

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "::london-power:: "


@pytest.fixture
def submit(tmp_path):
    started = []

    def start(script: str, *arguments: str) -> subprocess.Popen:
        command = [Path(sys.executable).with_name("spark-submit"), "--master", "local[2]", *conf_arguments()]
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        process = subprocess.Popen(
            [*command, ROOT / "jobs/pyspark" / script, *arguments, "--lake", (tmp_path / "lake").as_uri()],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PATH": path},
            start_new_session=True,  # so that a signal reaches the JVM and Python, and not this test
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def events(output: str) -> list[dict]:
    return [json.loads(line.removeprefix(PREFIX)) for line in output.splitlines() if line.startswith(PREFIX)]


def test_a_result_comes_last_after_progress_and_the_exit_code_is_0(submit, tmp_path):
    csv = str(ROOT / "data/power_1.csv")
    process = submit("ingest.py", "--csv", csv, "--run", "ingest-scheduled")
    output, errors = process.communicate(timeout=90)
    assert process.returncode == 0, errors
    *progress, last = events(output)
    assert last["event"] == "result"
    assert (last["metrics"]["rows_stored"], last["metrics"]["households"]) == (248653, 12)
    assert {event["event"] for event in progress} == {"progress"}
    assert "read all files, since there are no earlier readings" in {event["stage"] for event in progress}
    [folder] = (tmp_path / "lake/readings").glob("run=*")
    assert re.fullmatch(r"run=ingest-scheduled-\d{8}T\d{6}Z", folder.name)


def test_progress_counts_the_tasks_of_a_stage_while_it_runs(submit, tmp_path):
    """The second task waits until the test has read that the first one is done."""
    go = tmp_path / "go"
    script = tmp_path / "waits.py"
    script.write_text(
        f"import pathlib, sys, time; sys.path.insert(0, {str(ROOT / 'jobs/pyspark')!r})\n"
        "from london_power.common import job\n"
        "parser = job.Arguments()\n"
        "parser.add_argument('--lake')\n"
        "def wait(number):\n"
        f"    while number and not pathlib.Path({str(go)!r}).exists():\n"
        "        time.sleep(0.05)\n"
        "    return number\n"
        "def work(job):\n"
        "    job.stage('wait')\n"
        "    return {'sum': job.spark.sparkContext.parallelize([0, 1], 2).map(wait).sum()}\n"
        "job.main('waits', parser, work)\n"
    )
    process = submit(str(script), "--run", "x")
    seen = None
    for line in process.stdout:
        if line.startswith(PREFIX):
            seen = json.loads(line.removeprefix(PREFIX))
            if (seen.get("done"), seen.get("total")) == (1, 2):
                break
    assert seen == {"event": "progress", "stage": "wait", "done": 1, "total": 2}
    go.touch()
    output, errors = process.communicate(timeout=90)
    assert events(output)[-1] == {"event": "result", "metrics": {"sum": 1}}, errors


def test_an_expected_failure_is_one_error_event_and_exit_code_1(submit):
    process = submit("ingest.py", "--csv", "/nowhere/*.csv", "--run", "x")
    output, errors = process.communicate(timeout=90)
    assert process.returncode == 1
    assert "Traceback" not in output + errors, "it says all there is to say"
    (error,) = [event for event in events(output) if event["event"] != "progress"]
    assert (error["event"], error["type"]) == ("error", "JobError")
    assert error["message"].startswith("no file matches --csv /nowhere/*.csv: give ")


def test_progress_ends_before_the_session_of_work_that_fails(submit, tmp_path):
    """It asks all the time here, so that it would meet the session's end."""
    script = tmp_path / "fails.py"
    script.write_text(
        f"import sys; sys.path.insert(0, {str(ROOT / 'jobs/pyspark')!r})\n"
        "from london_power.common import job\n"
        "class Busy(job.Progress):\n"
        "    def __init__(self, context):\n"
        "        super().__init__(context, period=1e-4)\n"
        "job.Progress = Busy\n"
        "parser = job.Arguments()\n"
        "parser.add_argument('--lake')\n"
        "def work(job):\n"
        "    raise RuntimeError('no work')\n"
        "job.main('fails', parser, work)\n"
    )
    output, errors = submit(str(script), "--run", "x").communicate(timeout=90)
    assert events(output)[-1] == {"event": "error", "type": "RuntimeError", "message": "no work"}
    assert "Exception in thread" not in output + errors


@pytest.mark.parametrize("whole_group", [True, False])
def test_sigterm_cancels(submit, whole_group):
    process = submit("ingest.py", "--csv", str(ROOT / "data/power_1.csv"), "--run", "x")
    for line in process.stdout:
        if "read all files" in line:
            break
    if whole_group:
        os.killpg(process.pid, signal.SIGTERM)
    else:
        process.terminate()
    output, _ = process.communicate(timeout=20)
    assert process.returncode == 143
    if whole_group:
        assert events(output)[-1] == {"event": "error", "type": "Cancelled", "message": "cancelled"}
    assert gone(process.pid)


def gone(group: int) -> bool:
    """Whether, within 10 s, no process of the group is left."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False
