"""The metrics of a run, stored in the lake beside its results.

<lake>/results/<job>/run=<run>/metrics.json
"""

import json
import platform
import time
from datetime import datetime, timezone
from typing import Any

import pyarrow

from .errors import JobError
from .job import Job
from .jvm import jvm_of
from .lake import Lake


class Clock:
    """A clock that starts when it is created."""

    def __init__(self):
        self.began = datetime.now(timezone.utc)
        self._began = time.monotonic()

    def seconds(self) -> float:
        return round(time.monotonic() - self._began, 1)


def write_figures(job: Job, lake: Lake, name: str, clock: Clock, metrics: dict[str, Any]) -> None:
    """Stores a job's metrics with its run, its start time, the seconds of its work (without the start of
    Spark) and the versions of the software.
    """
    java = jvm_of(job.spark).System.getProperty("java.version")
    figures = {
        **{"job": name, "run": job.arguments.run, "began": clock.began.isoformat(timespec="seconds")},
        "seconds": clock.seconds(),
        "versions": {
            "Spark": job.spark.version,
            "Java": java,
            "Python": platform.python_version(),
            "Arrow": pyarrow.__version__,
        },
        "metrics": metrics,
    }
    content = (json.dumps(figures, indent=2, allow_nan=False) + "\n").encode()
    lake.write_files(f"results/{name}", job.arguments.run, {"metrics.json": content})


def read_figures(lake: Lake, name: str) -> dict[str, Any] | None:
    """Returns what write_figures has stored of a job; None if it has not run on this lake."""
    try:
        content = lake.files.read(f"{lake.path(f'results/{name}')}/metrics.json")
    except JobError:
        return None
    return json.loads(content) if content else None
