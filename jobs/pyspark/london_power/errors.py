"""What went wrong, in words a user can act on."""

import re

from py4j.protocol import Py4JJavaError
from pyspark.errors.exceptions.captured import CapturedException


class JobError(Exception):
    """An expected failure: the message says what is wrong, where, and how to mend it."""


class Cancelled(BaseException):
    """The job was asked to stop. Not an Exception, so that no library on the way swallows it."""

    def __init__(self, signal_number: int):
        super().__init__("cancelled")
        self.exit_code = 128 + signal_number  # the shell's convention for a process that a signal ended


def explain(error: BaseException) -> tuple[str, str]:
    """The (type, message) of an error's root cause; Java's and a Python worker's causes are dug out of
    Spark's wrapping.
    """
    causes = _java_causes(error)
    if not causes:
        return type(error).__name__, str(error) or type(error).__name__
    name, message = causes[-1]
    worker = _worker_error(message)
    if worker:
        return worker
    return name, _file_being_read(causes) + (message or name)


def _java_causes(error: BaseException) -> list[tuple[str, str]]:
    """(simple class name, message) from the outermost to the root; empty for an error that is not Java's."""
    if isinstance(error, Py4JJavaError):
        java = error.java_exception
    elif isinstance(error, CapturedException) and error._origin is not None:
        java = error._origin
    else:
        return []
    causes = []
    while java is not None and len(causes) < 20:  # a chain that points back at itself must end too
        causes.append((java.getClass().getSimpleName(), java.getMessage() or ""))
        java = java.getCause()
    return causes


def _worker_error(message: str) -> tuple[str, str] | None:
    """The exception a Python worker raised: the last unindented line of the traceback in Spark's message."""
    if "Traceback (most recent call last)" not in message:
        return None
    traceback = message[message.rindex("Traceback (most recent call last)") :].split("\n\tat ")[0]
    lines = [line for line in traceback.splitlines()[1:] if line and not line[0].isspace()]
    if not lines:
        return None
    name, _, text = lines[-1].partition(": ")
    return name.rsplit(".", 1)[-1], text or name


def _file_being_read(causes: list[tuple[str, str]]) -> str:
    """Spark names the file only in the wrapping; without it "unexpected end of input" helps nobody."""
    for _, message in causes[:-1]:
        found = re.search(r"while reading file (\S+?)\.?(\s|$)", message)
        if found:
            return f"{found.group(1)} cannot be read, it may be damaged or cut short: "
    return ""
