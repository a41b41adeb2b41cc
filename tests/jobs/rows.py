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
    # Either home begins at midnight, where one has its only reading; no clock has changed.
    "times": {
        **{"zone": "GMT", "zone_by": "default", "label": "start", "label_by": "data"},
        "votes": {
            **dict.fromkeys(["spring_hour_there", "spring_hour_missing"], 0),
            **dict.fromkeys(["autumn_hour_once", "autumn_hour_twice"], 0),
            **{"first_at_00:00": 2, "first_at_00:30": 0, "last_at_23:30": 0, "last_at_00:00": 1},
        },
    },
}
