from urllib.parse import urlsplit

import pytest
from london_power.common import files
from london_power.common.errors import JobError
from london_power.common.lake import Lake


def write(lake, spark, run, *values):
    return lake.write("t", run, lambda folder: numbers(spark, *values).write.parquet(folder))


def numbers(spark, *values):
    return spark.createDataFrame([(v,) for v in values], "n int").coalesce(1)


def read(lake):
    return sorted(row.n for row in lake.read("t").collect())


def runs(tmp_path):
    return sorted(path.name for path in (tmp_path / "lake/t").iterdir())


def test_replaces_a_version_and_removes_the_old(lake, spark, tmp_path):
    write(lake, spark, "a", 1, 2)
    assert read(lake) == [1, 2]
    write(lake, spark, "b", 3)
    assert read(lake) == [3]
    assert runs(tmp_path) == ["_current", "_manifest", "run=b"]


def test_the_manifest_names_the_files_of_the_version_that_readers_see(lake, spark):
    seen = []
    for run in ("a", "a", "b"):  # the same run again goes to another folder

        def save(folder):
            numbers(spark, 1).selectExpr("n", "n AS part").write.partitionBy("part").parquet(folder)
            seen.append(lake.files.read(f"{lake.root}/t/_manifest"))

        lake.write("t", run, save)
        uris = lake.files.read(f"{lake.root}/t/_manifest").decode().splitlines()
        [path] = [urlsplit(uri).path for uri in uris]
        assert path.startswith(f"{urlsplit(lake.path('t')).path}/part=1/part-")
    assert seen[0] is None and len(set(seen)) == 3  # that of the run before, while one writes


def test_readers_see_the_old_version_while_the_new_is_written(lake, spark):
    write(lake, spark, "a", 1)
    seen = []

    def save(folder):
        numbers(spark, 2).write.parquet(folder)
        seen.append(read(lake))

    lake.write("t", "b", save)
    assert seen == [[1]]
    assert read(lake) == [2]


@pytest.mark.parametrize("run", ["b", "a"])
def test_a_crash_before_the_flip_changes_nothing_and_the_next_run_cleans_up(lake, spark, tmp_path, run):
    write(lake, spark, "a", 1)

    def crash(folder):
        numbers(spark, 2, 3).write.parquet(folder)
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        lake.write("t", run, crash)
    assert read(lake) == [1]
    write(lake, spark, "c", 4)
    assert runs(tmp_path) == ["_current", "_manifest", "run=c"]


def test_the_same_run_again_replaces_its_own_output(lake, spark, tmp_path):
    for values in ([1, 2], [3], [4, 5]):
        write(lake, spark, "a", *values)
        assert read(lake) == values
        assert len(runs(tmp_path)) == 3  # pointer, manifest and one folder


def test_small_files_are_a_version_like_any_other(lake, tmp_path):
    lake.write_files("t", "a", {"card.json": b"{}", "card.md": b"# Card\n"})
    folder = lake.write_files("t", "b", {"card.md": b"# Newer\n"})
    assert folder == lake.path("t") == f"{lake.root}/t/run=b"
    assert runs(tmp_path) == ["_current", "_manifest", "run=b"]
    assert {path.name: path.read_bytes() for path in (tmp_path / "lake/t/run=b").iterdir()} == {
        "card.md": b"# Newer\n"
    }


@pytest.mark.parametrize("scheme", ["hdfs", "gs"])
def test_moves_the_pointer_in_the_way_of_other_file_systems(lake, spark, tmp_path, monkeypatch, scheme):
    """By rename on hdfs, by a plain write on gs: here both on the local disk, to see the calls at work."""
    monkeypatch.setattr(files, "urlsplit", lambda uri: urlsplit(uri)._replace(scheme=scheme))
    write(lake, spark, "a", 1)
    write(lake, spark, "b", 2)
    assert read(lake) == [2]
    assert runs(tmp_path) == ["_current", "_manifest", "run=b"]


def test_names_a_table_that_nobody_wrote_and_a_root_that_is_no_uri(lake, spark):
    with pytest.raises(JobError, match="no table readings in file:"):
        lake.read("readings")
    with pytest.raises(JobError, match="is not a URI"):
        Lake(spark, "/tmp/lake")
