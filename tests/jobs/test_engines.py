"""Ingest beside the oracle on the same input: the same table, the same quarantine, the same counts."""

import bz2
import gzip
import random
from urllib.parse import unquote

import pytest
import spark_rules
from london_power.common.schema import READINGS
from london_power.ingest import blocks, splits
from rows import MIXED, row
from test_spark_rules import BAD

ODD = [
    *(line for lines in BAD.values() for line in lines),
    '"MAC000010","Std","2013-01-01 00:00:00.0000000"," 0.5 ","ACORN-A","Affluent"',
    '"MAC000011",Std,2013-01-01 00:00:00.0000000, 0.5 ,"ACORN-A, or B",Affluent',
    'MAC000012,"Std",2013-01-01 00:00:00.0000000, Null ,ACORN-,"ACORN-"',
    '"MAC000013","Std"',
    "",
    "  ",
    "MAC000014,Std,2013-01-01 00:00:00.0000000,\t0.5 ,ACORN-A,Affluent",
    "MAC000015,ToU,2013-01-01 00:00:01.1234567, NULL ,ACORN-U,ACORN-U",
    "MAC000016, ToU ,2012-02-29 23:59:59.9999999, +5.e-1 ,ACORN-Q,Adversity",
    "MAC000017,Std,2013-02-29 00:00:00.0000000, 0.5 ,ACORN-A,Affluent",
    "MAC000018,Std,2099-12-31 24:00:00, 0.5 ,ACORN-A,Affluent",
    "MAC000019,Std,2013-01-01 00:00:00.0000000, -0 ,ACORN-A,Affluent",
    "MÄC00020,Std,2013-01-01 00:00:00.0000000, 0.5 ,ACORN-A,Affluent",
    ",,,,,",
    *MIXED,
]


@pytest.fixture
def same(spark, run_job, lake):
    """Demands that ingest and oracle agree on some files; returns the metrics and the lake."""

    def demand(*files):
        metrics = run_job(
            "ingest", *(word for file in files for word in ("--csv", file)), "--lake", lake.root
        )
        counts, stored, quarantine = spark_rules.answer(spark, list(files))
        # The oracle takes times as they stand; test_stamps.py is about what they mean.
        counted = {k: v for k, v in metrics.items() if k not in ("lake", "quarantine", "times", "increment")}
        assert counted == counts
        for table, expected, columns in (
            ("readings", stored, ["*", "unix_micros(time)"]),
            ("quarantine", quarantine, ["reason", "file", "row"]),
        ):
            rows, others = (each.selectExpr(*columns) for each in (lake.read(table), expected))
            assert sorted(map(repr, rows.collect())) == sorted(map(repr, others.collect()))
        assert lake.read("readings").schema == READINGS
        return metrics, lake

    return demand


@pytest.fixture
def small_pieces(monkeypatch):
    """Blocks and splits so small that every row meets their edges."""
    monkeypatch.setattr(blocks, "BLOCK", 150)
    monkeypatch.setattr(splits, "SPLIT", 400)
    monkeypatch.setattr(splits, "_LARGEST", 400)


def shuffled(count: int, seed: int) -> list[str]:
    """Rows in no order with many repetitions and contradictions, over three months and some households."""
    draw = random.Random(seed)
    return [
        f"MAC{draw.randrange(6):06d},{draw.choice(['Std', 'Std', 'ToU'])},"
        f"2013-0{draw.randrange(1, 4)}-01 00:{draw.choice(['00', '30'])}:00.0000000,"
        f" {draw.choice(['0.1', '0.2', 'Null'])} ,ACORN-{draw.choice('AAB')},Affluent"
        for _ in range(count)
    ]


def test_on_the_sample(same, sample):
    metrics, _ = same(sample)
    assert metrics["rows_duplicate"] > 0


def test_on_rows_that_are_odd_or_wrong(same, write_csv):
    metrics, _ = same(write_csv(*ODD))
    assert set(metrics["quarantine_reasons"]) == {*BAD, "conflict"}


@pytest.mark.usefixtures("small_pieces")
def test_in_pieces_and_names_the_lines(same, write_csv, tmp_path):
    (tmp_path / "csv").mkdir()
    files = {
        "a [1] ä%20.csv": ODD,
        "b.csv": [row(household=30), *(row(household=n, kwh="x") for n in range(31, 50))],
    }
    for name, rows in files.items():
        write_csv(*rows, name=f"csv/{name}")
    _, lake = same(tmp_path / "csv")
    for r in lake.read("quarantine").collect():
        (rows,) = (rows for name, rows in files.items() if unquote(r.file).endswith(name))
        assert rows[r.line - 2].replace('"', "") == r.row.replace('"', "")


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("seed", range(3))
def test_on_rows_without_any_order(same, write_csv, seed):
    parts = [write_csv(*shuffled(60, seed * 2 + n), name=f"{n}.csv") for n in (0, 1)]
    metrics, _ = same(*parts)
    assert metrics["rows_duplicate"] > 10
    assert metrics["rows_conflicting"] > 10


@pytest.mark.usefixtures("small_pieces")
def test_on_the_same_file_twice(same, write_csv):
    rows = [row(household=n, minute=m) for n in range(1, 9) for m in (0, 30)]
    metrics, _ = same(write_csv(*rows, name="a.csv"), write_csv(*rows, name="b.csv"))
    assert (metrics["rows_stored"], metrics["rows_duplicate"]) == (16, 16)


@pytest.mark.parametrize(("ending", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress)])
@pytest.mark.usefixtures("small_pieces")
def test_on_packed_files(same, write_csv, tmp_path, ending, pack):
    packed = tmp_path / f"packed.csv.{ending}"
    packed.write_bytes(pack(write_csv(*ODD).read_bytes()))
    same(packed, write_csv(row(household=20), row(household=21, tariff="x"), name="plain.csv"))


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_on_other_line_ends_and_a_last_line_without_one(same, tmp_path, write_csv, end):
    text = write_csv(*MIXED).read_text()
    header, _, rows = text.partition("\n")
    path = tmp_path / "ends.csv"
    path.write_bytes(
        b"\xef\xbb\xbf" + header.encode() + b"\n" + rows.rstrip("\n").replace("\n", end).encode()
    )
    same(path)


def test_leaves_no_trace_of_attempts(same, write_csv, tmp_path):
    same(write_csv(*MIXED))
    names = sorted(path.name for path in (tmp_path / "lake/readings/run=r1").iterdir())
    assert names == ["_lost", "_stamps.json", "_version.json", "month=2013-01"]


@pytest.mark.parametrize("line", ["\0" * 50, "\0" * 50 + row()])
def test_counts_a_line_of_nul_characters(run_job, lake, write_csv, line):
    metrics = run_job("ingest", "--csv", write_csv(row(), line), "--lake", lake.root)
    assert (metrics["rows_read"], metrics["rows_stored"], metrics["rows_quarantined"]) == (2, 1, 1)


def test_a_long_value_in_quotes_is_quarantined_and_ends_no_job(run_job, lake, write_csv):
    path = write_csv(row(), row(kwh='"' + "x" * 200_000 + '"'))
    metrics = run_job("ingest", "--csv", path, "--lake", lake.root)
    assert (metrics["rows_read"], metrics["rows_stored"], metrics["rows_quarantined"]) == (2, 1, 1)


def test_keeps_the_beginning_of_a_line_that_fills_blocks(monkeypatch, write_csv):
    monkeypatch.setattr(blocks, "BLOCK", 100)
    monkeypatch.setattr(blocks, "LONGEST_LINE", 120)
    path = write_csv(row(2), "x" * 1000, row(3))
    read = b"".join(blocks.blocks(splits.Split(path.as_uri(), 0, path.stat().st_size)))
    first, long, last = read.decode().splitlines()
    assert (first, last) == (row(2), row(3))
    assert set(long) == {"x"} and len(long) < 120 + 100, "no more of it is held in memory"
