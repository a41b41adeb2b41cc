"""A run that reads only the changed files ends as a run on a new lake that reads them all."""

import errno
import random
from pathlib import Path

import pytest
from london_power.common import stamps
from london_power.common.lake import Lake
from london_power.ingest import code, engine, splits, version
from pyarrow import dataset
from rows import row
from test_engines import ODD

MONTHS = ["2013-01", "2013-02", "2013-03", "2013-10"]
OF_THE_RUN = ("lake", "quarantine", "increment")


@pytest.fixture
def ingest(spark, run_job, lake, folder, tmp_path):
    """ingest(run): what a run on the folder's files has read, once all tables are those of a new lake."""

    def run(name: str) -> dict:
        metrics = run_job("ingest", "--csv", folder, "--lake", lake.root, run=name)
        whole = Lake(spark, (tmp_path / f"whole-{name}").as_uri())
        expected = run_job("ingest", "--csv", folder, "--lake", whole.root, run=name)
        for table in ("readings", "quarantine"):
            assert cells(lake, table) == cells(whole, table)
        assert stamps.read(lake) == stamps.read(whole)
        kept, new = ({k: v for k, v in each.items() if k not in OF_THE_RUN} for each in (metrics, expected))
        assert kept == new
        return metrics["increment"]

    return run


@pytest.fixture
def without_spark(monkeypatch):
    """Tasks run one after the other in this process, which takes a tenth of the time."""
    monkeypatch.setattr(engine, "_on_spark", lambda _job, work, tasks: list(map(work, tasks)))


def cells(lake: Lake, table: str) -> list[str]:
    path = lake.path(table).removeprefix("file:")
    return sorted(map(str, dataset.dataset(path, partitioning="hive").to_table().to_pylist()))


def rows_of(months: list[str], draw: random.Random, count: int = 25) -> list[str]:
    """Rows in no order, many of which repeat or contradict each other or those of other files; some odd."""
    found = [
        f"MAC{draw.randrange(4):06d},Std,{draw.choice(months)}-{draw.choice(['01', '27', '31'])}"
        f" 0{draw.randrange(3)}:{draw.choice(['00', '30'])}:00.0000000,"
        f" {draw.choice(['0.1', '0.2', 'Null'])} ,ACORN-{draw.choice('AAB')},Affluent"
        for _ in range(count)
    ]
    return found + draw.sample(ODD, 4)


def edit(write_csv, folder, draw: random.Random) -> None:
    """Adds a file, changes one or removes one."""
    there = sorted(folder.iterdir())
    new = f"csv/{draw.choice('abcdef')}.csv"
    months = draw.sample(MONTHS, draw.choice([1, 1, 2]))
    match draw.choice(["add", "change", "remove"] if len(there) > 2 else ["add"]):
        case "add":
            write_csv(*rows_of(months, draw), name=new)
        case "change":
            lines = draw.choice(there).read_text().splitlines()[1:]
            draw.shuffle(lines)
            write_csv(*lines[3:], *rows_of(months, draw, 3), name=new)
        case "remove":
            draw.choice(there).unlink()


@pytest.mark.usefixtures("without_spark")
@pytest.mark.parametrize("seed", range(2))
def test_ends_as_a_run_on_all_files(ingest, folder, write_csv, monkeypatch, seed):
    monkeypatch.setattr(splits, "SPLIT", 2000)
    monkeypatch.setattr(splits, "_LARGEST", 2000)
    draw = random.Random(seed)
    for name in "abc":
        write_csv(*rows_of(MONTHS, draw), name=f"csv/{name}.csv")
    ingest("first")
    carried_over = 0
    for step in range(10):
        for _ in range(draw.choice([1, 1, 2])):
            edit(write_csv, folder, draw)
        carried_over += ingest(f"step-{step}")["files_carried_over"]
    assert carried_over > 10


def test_reads_one_file_and_writes_its_months_alone(ingest, folder, write_csv, lake):
    for month in ("01", "02", "03"):
        write_csv(row().replace("-01-", f"-{month}-"), name=f"csv/{month}.csv")
    write_csv(row(9).replace("-01-", "-02-"), name="csv/02-more.csv")  # in one file of the lake with 02.csv
    ingest("first")
    inode = part_of(lake, "2013-01").stat().st_ino
    write_csv(row(kwh="0.7").replace("-01-", "-02-"), name="csv/02.csv")
    assert ingest("second") == {
        **{"files_read": 1, "files_carried_over": 3, "files_gone": 1, "months_written": ["2013-02"]},
        "read_everything_because": None,
    }
    assert part_of(lake, "2013-01").stat().st_ino == inode, "carried over, not written again"


@pytest.mark.usefixtures("without_spark")
@pytest.mark.parametrize("links", [True, False])
def test_a_stored_row_gives_way_and_one_that_was_lost_comes_back(
    ingest, folder, write_csv, monkeypatch, links
):
    """Of a time with three values the lowest is stored; then its file goes, comes back lower, and changes.
    Without links files are copied, as on HDFS and in a bucket.
    """
    if not links:

        def refuse(_self, _target):
            raise OSError(errno.EXDEV, "no links here")

        monkeypatch.setattr(Path, "hardlink_to", refuse)
    for name, kwh in (("a", "0.3"), ("b", "0.1"), ("c", "0.2"), ("d", "0.2")):
        write_csv(row(kwh=kwh), row(minute=30), name=f"csv/{name}.csv")
    ingest("first")
    (folder / "b.csv").unlink()
    assert ingest("gone")["files_gone"] == 1
    write_csv(row(kwh="0.05"), name="csv/e.csv")
    ingest("lower")
    write_csv(row(kwh="0.2"), name="csv/e.csv")
    ingest("equal")


@pytest.mark.usefixtures("without_spark")
def test_reads_all_files_where_nothing_can_be_carried_over(run_job, lake, folder, write_csv, monkeypatch):
    def why(run: str) -> str | None:
        metrics = run_job("ingest", "--csv", folder, "--lake", lake.root, run=run)
        assert metrics["rows_stored"] == lake.read("readings").count() == 2
        return metrics["increment"]["read_everything_because"]

    for home in (2, 3):
        write_csv(row(home), name=f"csv/{home}.csv")
    assert why("a") == "there are no earlier readings"
    assert why("b") is None
    assert why("b") == "the same run was asked for again"
    path = Path(lake.path("readings").removeprefix("file://"))
    (path / version.FILE).write_text("{")
    assert "cannot be understood" in why("c")
    part_of(lake, "2013-01").unlink()
    assert why("d") == f"files of {lake.path('readings').replace('=d', '=c')} were changed"
    with monkeypatch.context() as patch:  # a run that ends between the quarantine and the readings
        patch.setattr(version, "write", None)
        with pytest.raises(TypeError):
            why("e")
    assert why("f") == "the quarantine is that of another run, which did not end"
    with monkeypatch.context() as patch:
        patch.setattr(code, "digest", lambda: "another")
        assert why("g") == "the code of ingest has changed"


def part_of(lake: Lake, month: str) -> Path:
    (part,) = Path(lake.path("readings").removeprefix("file://"), f"month={month}").iterdir()
    return part
