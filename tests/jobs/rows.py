"""Input with a bit of everything, and what must become of it."""


def row(household=2, minute=0, kwh="0.5", tariff="Std"):
    return f"MAC{household:06d},{tariff},2013-01-01 00:{minute:02d}:00.0000000, {kwh} ,ACORN-A,Affluent"


MIXED = [
    row(),
    row(),  # the same again: a duplicate
    row(minute=30, kwh="0.7"),
    row(minute=30, kwh="0.6"),  # another value for the same time: the lower one is kept
    row(household=3, kwh="Null"),
    row(household=3, minute=30, kwh="-1"),
    row(household=4, tariff="Flat"),
    row(household=4) + ",",
]

COUNTS = {
    "rows_read": 8,
    "rows_quarantined": 4,
    "quarantine_reasons": {"columns": 1, "tariff": 1, "kwh_negative": 1, "conflict": 1},
    "rows_duplicate": 1,
    "rows_conflicting": 1,
    "rows_stored": 3,
    "rows_null": 1,
    "households": 2,
    "first_time": "2013-01-01T00:00:00",
    "last_time": "2013-01-01T00:30:00",
}
