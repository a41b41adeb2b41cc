"""The clock: when cron's fields are due, and what becomes of the steps of a plan."""

import json
import logging
import os
import signal
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

import pytest
from schedule import Pipeline, trigger

JOBS = str(Path(__file__).parents[2] / "jobs")
TUESDAY = datetime(2026, 11, 24, 1, 30, tzinfo=timezone.utc)


@pytest.fixture(autouse=True)
def all_that_is_logged(caplog):
    caplog.set_level(logging.INFO, "schedule")


def due(cron: str, times: int, time_zone: str = "UTC", now: datetime = TUESDAY) -> list[str]:
    at, found = trigger(cron, time_zone), []
    while len(found) < times:
        found.append(at.get_next_fire_time(found[-1] if found else None, now))
        now = found[-1]
    return [time.strftime("%a %d %b %H:%M %Z") for time in found]


@pytest.mark.parametrize(
    ("cron", "expected"),
    [
        ("* * * * *", ["Tue 24 Nov 01:30", "Tue 24 Nov 01:31"]),
        ("*/15 2 * * *", ["Tue 24 Nov 02:00", "Tue 24 Nov 02:15"]),
        ("0 3 * * *", ["Tue 24 Nov 03:00", "Wed 25 Nov 03:00"]),
        ("5,50-55/3 1 * 11 *", ["Tue 24 Nov 01:50", "Tue 24 Nov 01:53"]),
        ("*/99 * * * *", ["Tue 24 Nov 02:00", "Tue 24 Nov 03:00"]),
    ],
)
def test_the_five_fields_are_those_of_cron(cron, expected):
    assert due(cron, 2) == [f"{at} UTC" for at in expected]


@pytest.mark.parametrize(
    ("weekdays", "expected"),
    [
        ("0", ["Sun", "Sun"]),
        ("7", ["Sun", "Sun"]),
        ("1", ["Mon", "Mon"]),
        ("1-5", ["Tue", "Wed", "Thu", "Fri", "Mon", "Tue"]),
        ("5-7", ["Fri", "Sat", "Sun", "Fri"]),
        ("0,3", ["Wed", "Sun", "Wed"]),
        ("*/2", ["Tue", "Thu", "Sat", "Sun", "Tue"]),
    ],
)
def test_weekdays_count_from_sunday(weekdays, expected):
    assert [at[:3] for at in due(f"0 3 * * {weekdays}", len(expected))] == expected


def test_of_day_and_weekday_either_is_enough():
    assert [at[:6] for at in due("0 3 1 * 1", 3)] == ["Mon 30", "Tue 01", "Mon 07"]
    assert [at[:6] for at in due("0 3 */10 * 1", 2)] == ["Mon 21", "Mon 11"], "a star gives nothing"


def test_the_time_zone_goes_with_summer_time():
    assert due("0 3 * * *", 1, "Europe/London") == ["Tue 24 Nov 03:00 GMT"]
    july = datetime(2026, 7, 1, tzinfo=timezone.utc)
    at = trigger("0 3 * * *", "Europe/London").get_next_fire_time(None, july)
    assert at.astimezone(timezone.utc).hour == 2


def python(program: str, *words: str) -> list[str]:
    return [sys.executable, "-c", program, *words]


def test_steps_run_in_order_each_under_a_name_of_this_run(caplog):
    program = "import sys; print(sys.argv[1:])"
    first = {"name": "ingest", "command": python(program, "--to", "lake"), "after": []}
    second = {"name": "load", "command": python(program), "after": ["ingest"]}
    assert Pipeline([first, second]).run() == {"ingest": "succeeded", "load": "succeeded"}
    said = [line for line in caplog.messages if " | " in line]
    assert said[0].startswith("ingest | ['--to', 'lake', '--run', 'ingest-scheduled']")
    assert said[1].startswith("load | ['--run', 'load-scheduled']")
    assert "load: succeeded in" in caplog.messages[-2]
    assert ": succeeded in" in caplog.messages[-1]


def test_a_step_is_skipped_where_one_before_it_has_failed_and_others_are_not(caplog):
    steps = [
        {"name": "ingest", "command": python("raise ValueError('the meter is on fire')"), "after": []},
        {"name": "load", "command": python(""), "after": ["ingest"]},
        {"name": "report", "command": python(""), "after": ["load"]},
        {"name": "other", "command": python(""), "after": []},
    ]
    states = {"ingest": "failed", "load": "skipped", "report": "skipped", "other": "succeeded"}
    assert Pipeline(steps).run() == states
    assert "ingest | ValueError: the meter is on fire" in caplog.messages
    assert any(line.startswith("ingest: failed in") and "exit code 1" in line for line in caplog.messages)
    assert "load: skipped, as ingest did not succeed" in caplog.messages
    assert ": failed in" in caplog.messages[-1]


def test_a_command_that_there_is_not_is_a_failure_of_its_step(caplog):
    steps = [{"name": "ingest", "command": ["/no/such/command"], "after": []}]
    assert Pipeline(steps).run() == {"ingest": "failed"}
    assert any("No such file or directory: '/no/such/command'" in line for line in caplog.messages)


# A scheduler that runs a plan's steps every second, so that nobody has to wait for a full minute.
EVERY_SECOND = """
import json, sys
from pathlib import Path
from apscheduler.triggers.interval import IntervalTrigger
sys.path.insert(0, sys.argv[1])
import schedule
schedule._log_to(None)
schedule.serve(IntervalTrigger(seconds=1), schedule.Pipeline(json.loads(sys.argv[2])), Path(sys.argv[3]))
"""


def test_sigterm_ends_the_scheduler_and_the_driver_that_runs(tmp_path):
    driver = "import os, time; print('pid', os.getpid(), flush=True); time.sleep(300)"
    steps = [
        {"name": "ingest", "command": python(driver), "after": []},
        {"name": "load", "command": python(""), "after": []},
    ]
    command = python(EVERY_SECOND, JOBS, json.dumps(steps), str(tmp_path / "alive"))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as scheduler:
        said = []
        while "ingest | pid " not in (said or [""])[-1]:
            said.append(scheduler.stdout.readline())
        pid = int(said[-1].split()[-1])
        os.kill(pid, 0)
        scheduler.send_signal(signal.SIGTERM)
        rest = scheduler.stdout.read()
        assert scheduler.wait(20) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert (tmp_path / "alive").exists()
    assert any("next run at 20" in line for line in said)
    for expected in ("ingest: stopped in", "load: skipped", "pipeline: stopped in", " ended"):
        assert expected in rest


def test_sigterm_ends_it_also_in_the_midst_of_its_start(tmp_path):
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps({"cron": "0 3 1 1 *", "timeZone": "UTC", "steps": []}))
    for _ in range(8):
        command = [sys.executable, f"{JOBS}/schedule.py", plan]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as scheduler:
            while scheduler.stdout.readline() != "ready\n":
                pass
            scheduler.send_signal(signal.SIGTERM)
            assert scheduler.wait(5) == 0


def test_a_run_that_is_due_while_another_is_under_way_is_left_out(tmp_path):
    slow = "import time; time.sleep(2.5)"
    steps = [{"name": "ingest", "command": python(slow), "after": []}]
    command = python(EVERY_SECOND, JOBS, json.dumps(steps), str(tmp_path / "alive"))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as scheduler:
        said = []
        while "ingest: succeeded" not in (said or [""])[-1]:
            said.append(scheduler.stdout.readline())
        scheduler.send_signal(signal.SIGTERM)
    assert sum("ingest: began" in line for line in said) == 1
    assert any("maximum number of running instances reached" in line for line in said)


def test_a_plan_that_cannot_be_kept_ends_the_scheduler_with_the_reason(tmp_path):
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps({"cron": "0 3 * * *", "timeZone": "Mars/Olympus", "steps": []}))
    ended = subprocess.run(
        [sys.executable, f"{JOBS}/schedule.py", plan], capture_output=True, text=True, timeout=20
    )
    assert ended.returncode != 0
    assert "Mars/Olympus" in ended.stderr


def test_the_log_keeps_to_its_size(tmp_path):
    line = "x" * 10_000
    program = f"for _ in range(3000): print({line!r})"
    steps = [{"name": "ingest", "command": python(program), "after": []}]
    script = "import sys; sys.path.insert(0, sys.argv[1]); import schedule, pathlib, json; " + (
        "schedule._log_to(pathlib.Path(sys.argv[2])); schedule.Pipeline(json.loads(sys.argv[3])).run()"
    )
    subprocess.run(python(script, JOBS, str(tmp_path / "log"), json.dumps(steps)), check=True, timeout=60)
    sizes = [file.stat().st_size for file in tmp_path.iterdir()]
    assert len(sizes) == 3
    assert max(sizes) <= 5_000_000
