import pyarrow.parquet as pq
from london_power.ingest import quarantine
from london_power.ingest.quarantine import Quarantine


def test_long_rows_are_written_before_they_fill_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(quarantine, "_CHARACTERS", 100)
    kept = Quarantine(tmp_path.as_uri())
    rows = [letter * 60 for letter in "abcde"]
    for line, row in enumerate(rows):
        kept.add("columns", "file:///a.csv", 0, line, row)
    written = pq.ParquetFile(kept.close().removeprefix("file://"))
    groups = [written.metadata.row_group(at).num_rows for at in range(written.num_row_groups)]
    assert groups == [2, 2, 1]
    assert written.read()["row"].to_pylist() == rows
