"""Errors in words on which a user can act."""

from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark.errors.exceptions.captured import CapturedException


class JobError(Exception):
    """An expected failure. The message says what is wrong, where, and how to correct it."""


class Cancelled(BaseException):
    """The job was asked to stop. Not an Exception, so that no library on the way swallows it."""

    def __init__(self, signal_number: int):
        super().__init__("cancelled")
        self.exit_code = 128 + signal_number  # the shell's convention for a process that a signal ended


def explain(error: BaseException) -> tuple[str, str]:
    """Returns the (type, message) of an error's root cause, also of a Java error or a Python worker's error
    inside of Spark's error.
    """
    name, message = _java_root(error) or (type(error).__name__, str(error))
    return _worker_error(message) or (name, message or name)


def _java_root(error: BaseException) -> tuple[str, str] | None:
    """Simple class name and message of the innermost Java exception; None for an error that is not Java's."""
    if isinstance(error, Py4JJavaError):
        java: Any = error.java_exception
    elif isinstance(error, CapturedException):
        java = error._origin  # pyright: ignore[reportPrivateUsage]
    else:
        return None
    if java is None:
        return None
    for _ in range(20):  # a chain that points back at itself must end too
        cause = java.getCause()
        if cause is None:
            break
        java = cause
    return java.getClass().getSimpleName(), java.getMessage() or ""


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
