"""The oracle of the engine's tests, against rows judged by hand."""

from datetime import datetime

import pytest
import spark_rules
from london_power.ingest.rules import REASONS
from spark_rules import read_csv


def row(
    household="MAC000002", tariff="Std", time="2013-01-01 00:00:00.0000000", kwh=" 0.5 ", acorn="ACORN-A"
):
    return f"{household},{tariff},{time},{kwh},{acorn},Affluent"


# Each row is wrong in one way, of a household of its own; the first number after MAC is its place here.
BAD = {
    "columns": [row() + ",more", "MAC000002,Std"],
    "household": [row(household=""), row(household="MAC2"), row(household="MAC0000020"), "x" + row()],
    "tariff": [row(tariff="std"), row(tariff="")],
    "time": [
        row(time="2013-02-30 00:00:00"),
        row(time="2013-01-01"),
        row(time="1970-01-01 00:00:00"),
        row(time="yesterday"),
        row(time=""),
    ],
    "kwh_not_a_number": [
        row(kwh=kwh) for kwh in ("", "abc", "NaN", "Infinity", "0,5".replace(",", ";"), "1d", "0x1")
    ],
    "kwh_negative": [row(kwh="-0.001")],
    "kwh_absurd": [row(kwh="23.001"), row(kwh="1e999")],
    "acorn": [row(acorn="ACORN-R"), row(acorn="")],
    "acorn_group": [row().replace("Affluent", "Wealthy")],
}


def checked(spark, path):
    return spark_rules.check(read_csv(spark, [str(path)]))


def test_every_reason_is_tried_here():
    assert list(BAD) == REASONS


def test_gives_every_bad_row_its_reason_and_keeps_its_text(spark, write_csv):
    lines = {line: reason for reason, lines in BAD.items() for line in lines}
    found = checked(spark, write_csv(row(), *lines)).select("row", "reason", "file").collect()
    assert {r.row: r.reason for r in found} == {row(): None} | lines
    assert all(r.file.endswith("readings.csv") for r in found)


def test_types_a_good_row(spark, write_csv):
    path = write_csv(
        " MAC000002 ,ToU , 2012-10-12 00:30:00.0000000,  .25,ACORN-, ACORN-",
        "MAC000003,Std,2012-12-18 15:13:41,Null,ACORN-U,ACORN-U",
    )
    plain = (
        "household",
        "tariff",
        "date_format(time, 'yyyy-MM-dd HH:mm:ss')",
        "kwh",
        "acorn_group",
        "month",
        "reason",
    )
    rows = [tuple(r) for r in checked(spark, path).selectExpr(*plain).collect()]
    assert rows == [
        ("MAC000002", "ToU", "2012-10-12 00:30:00", 0.25, "ACORN-", "2012-10", None),
        ("MAC000003", "Std", "2012-12-18 15:13:41", None, "ACORN-U", "2012-12", None),
    ]


@pytest.mark.parametrize(
    ("kwh", "fates"),
    [
        (["0.5", " 0.50 ", "0.5"], {"stored": [0.5], "duplicate": [0.5, 0.5]}),
        (["0.7", "0.5", "0.9"], {"stored": [0.5], "conflict": [0.7, 0.9]}),
        (["Null", "0.5"], {"stored": [0.5], "conflict": [None]}),
        (["0.7", "0.5", "0.7", "0.5"], {"stored": [0.5], "duplicate": [0.5, 0.7], "conflict": [0.7]}),
        (["Null", "Null"], {"stored": [None], "duplicate": [None]}),
    ],
)
def test_settles_rows_of_one_household_and_time(spark, write_csv, kwh, fates):
    settled = spark_rules.settle(checked(spark, write_csv(*[row(kwh=value) for value in kwh])))
    found: dict = {}
    for r in settled.orderBy("fate", "kwh").collect():
        found.setdefault(r.fate, []).append(r.kwh)
    assert found == fates


def test_one_time_of_two_households_is_no_repetition(spark, write_csv):
    path = write_csv(row(), row(household="MAC000003"), row(time="2013-01-01 00:30:00"))
    assert [r.fate for r in spark_rules.settle(checked(spark, path)).collect()] == ["stored"] * 3


def test_the_clock_is_the_published_one(spark, write_csv):
    settled = spark_rules.settle(checked(spark, write_csv(row(time="2013-03-31 01:30:00"))))
    micros = settled.selectExpr("unix_micros(time)").first()[0]
    assert micros == (datetime(2013, 3, 31, 1, 30) - datetime(1970, 1, 1)).total_seconds() * 1e6
