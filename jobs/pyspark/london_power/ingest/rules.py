"""The rules for a valid reading: each converts a single value from text to a number, or to BAD.

A column has few distinct values, so each is checked once and remembered.
"""

import re
from datetime import datetime, timedelta
from functools import lru_cache
from string import ascii_uppercase

from ..common.schema import ACORN_GROUPS, TARIFFS

# The main fuse of a British home allows 100 A at 230 V, 11.5 kWh in half an hour; twice that cannot be the
# reading of a household.
MAX_KWH = 23.0

# The reasons why a row is not a reading, in the order of the checks; "conflict" comes from repeats.settle.
REASONS = [
    "columns",
    "household",
    "tariff",
    "time",
    "kwh_not_a_number",
    "kwh_negative",
    "kwh_absurd",
    "acorn",
    "acorn_group",
]

BAD = -1
ACORNS = ["ACORN-", *(f"ACORN-{letter}" for letter in ascii_uppercase[:17]), "ACORN-U"]

# The values that kwh() returns for a text that is not a reading, by reason; NaN means a missing reading.
KWH_REASONS = {-1.0: "kwh_not_a_number", -2.0: "kwh_negative", -3.0: "kwh_absurd"}
_NOT_A_NUMBER, _NEGATIVE, _ABSURD = KWH_REASONS

_HOUSEHOLD = re.compile(r"MAC(\d{6})", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_TIME = re.compile(r"(20\d\d-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.(\d{1,9}))?", re.ASCII)
_EPOCH = datetime(1970, 1, 1)
_MICROSECOND = timedelta(microseconds=1)


def text(value: bytes) -> str:
    """Returns the value as Spark would read it; invalid UTF-8 becomes U+FFFD."""
    return value.decode("utf-8", errors="replace")


@lru_cache(maxsize=1 << 16)
def household(value: bytes) -> int:
    """'MAC000002' → 2."""
    match = _HOUSEHOLD.fullmatch(text(value).strip(" "))
    return int(match[1]) if match else BAD


@lru_cache(maxsize=1 << 10)
def tariff(value: bytes) -> int:
    """Returns the index in schema.TARIFFS."""
    return _place(TARIFFS, value)


@lru_cache(maxsize=1 << 17)
def time(value: bytes) -> int:
    """Microseconds since 1970, as if the clock showed UTC; digits beyond them are cut off."""
    match = _TIME.fullmatch(text(value).strip(" "))
    if not match:
        return BAD
    try:
        whole = datetime.fromisoformat(match[1])
    except ValueError:  # such as 30 February
        return BAD
    return (whole - _EPOCH) // _MICROSECOND + int((match[2] or "")[:6].ljust(6, "0"))


@lru_cache(maxsize=1 << 16)
def kwh(value: bytes) -> float:
    """kWh, NaN for 'Null', or one of KWH_REASONS."""
    trimmed = text(value).strip(" ")
    if trimmed.lower() == "null":
        return float("nan")
    if not _NUMBER.fullmatch(trimmed):
        return _NOT_A_NUMBER
    number = float(trimmed)
    return _NEGATIVE if number < 0 else _ABSURD if number > MAX_KWH else number


@lru_cache(maxsize=1 << 10)
def acorn(value: bytes) -> int:
    """Returns the index in ACORNS."""
    return _place(ACORNS, value)


@lru_cache(maxsize=1 << 10)
def acorn_group(value: bytes) -> int:
    """Returns the index in schema.ACORN_GROUPS."""
    return _place(ACORN_GROUPS, value)


def _place(names: list[str], value: bytes) -> int:
    trimmed = text(value).strip(" ")
    return names.index(trimmed) if trimmed in names else BAD
