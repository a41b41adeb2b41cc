"""The fast way of reading a block gives what the careful way gives, or leaves the block to it."""

import numpy as np
import pytest
from london_power.ingest import lines, published
from london_power.ingest.parse import parse
from rows import row
from test_spark_rules import BAD

PLAIN = [row(household=n, minute=m, kwh="1.25") for n in (2, 3) for m in (0, 30)]
NULL = "MAC000002,Std,2013-01-01 00:12:34.0000000,Null,ACORN-A,Affluent"


def block(*rows: str) -> bytes:
    return "".join(f"{r}\n" for r in rows).encode()


def fast(data: bytes):
    return published.parse(data, lines.count(data))


def careful(data: bytes, monkeypatch):
    monkeypatch.setattr(published, "parse", lambda *_: None)
    return parse(data).readings


def assert_same(left, right):
    for ours, theirs in zip(left.columns(), right.columns(), strict=True):
        assert ours.dtype == theirs.dtype
        np.testing.assert_array_equal(ours, theirs)


def test_reads_the_sample_fast_and_the_same(sample, monkeypatch):
    data = sample.read_bytes().partition(b"\n")[2]
    assert_same(fast(data), careful(data, monkeypatch))


@pytest.mark.parametrize("places", [[0], [4], [1, 3], [0, 0, 2, 4, 4]])
def test_puts_rows_without_blanks_where_they_stand(places, monkeypatch):
    rows = list(PLAIN)
    for place in reversed(places):
        rows.insert(place, NULL)
    data = block(*rows)
    readings = fast(data)
    assert_same(readings, careful(data, monkeypatch))
    assert np.isnan(readings.kwh).sum() == len(places)


@pytest.mark.parametrize(
    "odd",
    [
        *(line for bad in BAD.values() for line in bad),
        *("", " ", "   ", "a b c d", ", , , ,"),
        PLAIN[0].replace(" 1.25 ", "1.25"),
        PLAIN[0].replace(" 1.25 ", " 1.25,"),
        PLAIN[0].replace("Affluent", '"Affluent"'),
        PLAIN[0].replace(".0000000, ", ".0000000,, "),
        PLAIN[0].replace(" ,ACORN", " ,,ACORN"),
        PLAIN[0].replace("2013-01-01", "2013-02-29"),
    ],
)
def test_takes_no_block_with_a_row_of_another_kind(odd):
    """Other than those without blanks, which are read by the careful rules one by one."""
    data = block(*PLAIN, odd, *PLAIN)
    readings = fast(data)
    if readings is not None:
        assert len(readings) == 9 == parse(data).rows
        assert not parse(data).bad


def test_a_last_line_may_lack_its_line_feed(monkeypatch):
    data = block(*PLAIN, NULL)[:-1]
    assert_same(fast(data), careful(data, monkeypatch))
