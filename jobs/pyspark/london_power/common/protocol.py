"""The lines a launcher reads from a driver's standard output, and the thread that reports progress."""

import json
import os
import sys
import threading
from typing import Any

from py4j.protocol import Py4JNetworkError
from pyspark import SparkContext

PREFIX = "::london-power:: "
_lock = threading.Lock()


def emit(event: str, **fields: Any) -> None:
    """Writes one event as one line: the prefix, then a JSON object. NaN is an error, since it is not JSON."""
    line = PREFIX + json.dumps({"event": event, **fields}, allow_nan=False, separators=(",", ":")) + "\n"
    with _lock:
        sys.stdout.write(line)
        sys.stdout.flush()


class Progress:
    """Reports the numbers of finished and known tasks, about once a second, if they have changed.

    `total` is 0 while Spark has not planned the stage yet.
    """

    def __init__(self, spark_context: SparkContext, period: float = 1.0):
        self._context = spark_context
        self._period = period
        self._stage = "start"
        self._last = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="progress", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join(timeout=2 * self._period)

    def stage(self, text: str) -> None:
        """Names the next step, here and in Spark's own user interface."""
        self._context.setJobDescription(text)
        self._stage = text
        self._report(0, 0)

    def _watch(self) -> None:
        while not self._stopped.wait(self._period):
            try:
                done, total = self._tasks()
            except (Py4JNetworkError, OSError):
                # The JVM is gone. The job's own thread has noticed too and gets a moment to say so; if it is
                # stuck, end.
                if not self._stopped.wait(5 * self._period):
                    os._exit(143)
                return
            if total:
                self._report(done, total)

    def _tasks(self) -> tuple[int, int]:
        tracker = self._context.statusTracker()
        stages = [tracker.getStageInfo(number) for number in tracker.getActiveStageIds()]
        known = [stage for stage in stages if stage is not None]
        return sum(s.numCompletedTasks for s in known), sum(s.numTasks for s in known)

    def _report(self, done: int, total: int) -> None:
        now = (self._stage, done, total)
        if now != self._last:
            self._last = now
            emit("progress", stage=self._stage, done=done, total=total)
