"""schedule.py PLAN: runs the pipeline on a schedule, in the version of the last deployment.

The plan is a JSON file:

    {"cron": "0 3 * * *", "timeZone": "Europe/London",
     "steps": [{"name": "ingest", "command": ["spark-submit", …], "after": []}, …]}

The steps run one after the other; `--run <name>-scheduled` is appended to each command, and the job adds the
time to that. A step is skipped if a step that it comes after did not succeed. SIGTERM ends this program and
the running driver.
"""

import argparse
import json
import logging
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime, timezone
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger

LATE = 3600  # seconds by which a run may be late, as on a machine that was asleep; a later one is left out
GRACE = 15  # seconds that a driver has to stop Spark in
LOG_BYTES, OLD_LOGS = 5_000_000, 2  # of a log file, and how many full ones are kept
# Cron's, as APScheduler calls them, with the least and most of each.
FIELDS = {"minute": (0, 59), "hour": (0, 23), "day": (1, 31), "month": (1, 12), "day_of_week": (0, 6)}
WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")

log = logging.getLogger("schedule")


def main() -> None:
    parser = argparse.ArgumentParser(prog="schedule.py", description=__doc__.splitlines()[0])
    parser.add_argument("plan", type=Path)
    parser.add_argument("--log", type=Path, help="a file of bounded size; standard output by default")
    parser.add_argument("--alive", type=Path, help="a file that is touched every 10 s")
    asked = parser.parse_args()
    _log_to(asked.log)
    plan = json.loads(asked.plan.read_text(encoding="utf-8"))
    serve(trigger(plan["cron"], plan["timeZone"]), Pipeline(plan["steps"]), asked.alive)


def serve(due: BaseTrigger, pipeline: "Pipeline", alive: Path | None) -> None:
    """Runs the pipeline whenever it is due, one run at a time, until SIGTERM or SIGINT."""
    # In another thread: an exception of a signal handler within APScheduler's work would only be logged.
    defaults = {"misfire_grace_time": LATE, "coalesce": True}
    scheduler = BackgroundScheduler(timezone="UTC", job_defaults=defaults)

    def run() -> None:
        pipeline.run()
        say_next()

    def say_next() -> None:
        log.info("next run at %s", due.get_next_fire_time(None, datetime.now(timezone.utc)))

    def beat() -> None:
        if alive:
            alive.touch()

    scheduler.add_job(run, due, id="pipeline", name="the pipeline", max_instances=1)
    # Also wakes the scheduler, whose clock stands still while a laptop sleeps.
    scheduler.add_job(beat, "interval", seconds=10, next_run_time=datetime.now(timezone.utc))
    _end_on_signals()
    try:
        scheduler.start()
        say_next()
        print("ready", flush=True)
        threading.Event().wait()
    finally:
        pipeline.stop()
        scheduler.shutdown()
        log.info("ended")


def trigger(cron: str, time_zone: str) -> BaseTrigger:
    """Returns APScheduler's trigger for cron's five fields, as in crontab(5).

    APScheduler counts weekdays from Monday, and cron from Sunday. It refuses steps beyond a field's end. If
    both day and weekday are given, it requires both, while one of them is enough for cron.
    """
    given = dict(zip(FIELDS, cron.split(), strict=True))
    fields = {name: _listed(name, field) for name, field in given.items()}
    at = partial(CronTrigger, timezone=time_zone)
    if given["day"].startswith("*") or given["day_of_week"].startswith("*"):
        return at(**fields)
    return OrTrigger([at(**{**fields, other: "*"}) for other in ("day_of_week", "day")])


def _listed(name: str, field: str) -> str:
    """Lists all values of a field: weekdays by name, where Sunday is cron's 0 and 7."""
    if field == "*":
        return field
    least, most = FIELDS[name]
    numbers = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        first, _, last = (f"{least}-{most}" if span == "*" else span).partition("-")
        numbers.update(range(int(first), int(last or first) + 1, int(step or 1)))
    if name == "day_of_week":
        return ",".join(sorted({WEEKDAYS[number % 7] for number in numbers}))
    return ",".join(map(str, sorted(numbers)))


class Pipeline:
    """The steps of a plan: each a `name`, a `command`, and the names of those that it comes `after`."""

    def __init__(self, steps: list[dict]):
        self._steps = steps
        self._driver: subprocess.Popen | None = None
        self._stopped = False
        self._changing = threading.Lock()  # of the two above

    def run(self) -> dict[str, str]:
        """Runs all steps; returns the state of each: succeeded, failed, skipped or stopped."""
        began = time.monotonic()
        log.info("pipeline: began")
        states: dict[str, str] = {}
        for step in self._steps:
            states[step["name"]] = self._step(step, states)
        whole = next((state for state in ("stopped", "failed") if state in states.values()), "succeeded")
        log.info("pipeline: %s in %.1f s", whole, time.monotonic() - began)
        return states

    def stop(self) -> None:
        """Ends the running driver, and starts no other."""
        with self._changing:
            self._stopped = True
            driver = self._driver
        if driver:
            driver.terminate()
            try:
                driver.wait(GRACE)
            except subprocess.TimeoutExpired:
                driver.kill()

    def _step(self, step: dict, states: dict[str, str]) -> str:
        name = step["name"]
        missing = [other for other in step["after"] if states.get(other) != "succeeded"]
        if self._stopped or missing:
            log.info("%s: skipped%s", name, f", as {missing[0]} did not succeed" if missing else "")
            return "skipped"
        began = time.monotonic()
        log.info("%s: began", name)
        state, why = self._drive(name, [*step["command"], "--run", f"{name}-scheduled"])
        log.info("%s: %s in %.1f s%s", name, state, time.monotonic() - began, why)
        return state

    def _drive(self, name: str, command: list[str]) -> tuple[str, str]:
        """Runs a driver to its end and writes its output to the log. Returns its state, and why it failed."""
        with self._changing:
            if self._stopped:
                return "stopped", ""
            try:
                self._driver = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    encoding="utf-8",
                    errors="replace",
                )
            except OSError as error:
                return "failed", f": {error}"
        with self._driver as driver:
            for line in driver.stdout:
                log.info("%s | %s", name, line.rstrip())
        with self._changing:
            self._driver = None
        if self._stopped:
            return "stopped", ""
        return ("failed", f", exit code {driver.returncode}") if driver.returncode else ("succeeded", "")


def _end_on_signals() -> None:
    def end(*_) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)  # a second one must not interrupt the tidying up
        sys.exit()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)


def _log_to(path: Path | None) -> None:
    handler: logging.Handler = (
        RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=OLD_LOGS, encoding="utf-8")
        if path
        else logging.StreamHandler(sys.stdout)
    )
    # APScheduler only logs unusual events: a run that was left out or came too late.
    logging.basicConfig(
        handlers=[handler],
        level=logging.WARNING,
        format="%(asctime)s %(message)s",
        datefmt="%Y-%m-%dT%H:%M:%S%z",
    )
    log.setLevel(logging.INFO)


if __name__ == "__main__":
    main()
