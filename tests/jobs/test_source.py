import gzip

import pytest
from london_power.common.errors import JobError
from spark_rules import read_csv

ROW = "MAC000002,Std,2013-01-01 00:00:00.0000000, 0.5 ,ACORN-A,Affluent"


def refusal(spark, *patterns) -> str:
    with pytest.raises(JobError) as refused:
        read_csv(spark, [str(pattern) for pattern in patterns])
    return str(refused.value)


def test_reads_a_file_a_folder_and_a_glob_once_each(spark, write_csv, tmp_path):
    write_csv(ROW, name="a.csv")
    write_csv(ROW, ROW, name="b.csv")
    (tmp_path / "README.md").write_text("not data")
    assert read_csv(spark, [str(tmp_path)]).count() == 3
    assert read_csv(spark, [f"{tmp_path}/[ab].csv", (tmp_path / "a.csv").as_uri()]).count() == 3


def test_takes_a_name_with_glob_characters_literally(spark, write_csv, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    write_csv(ROW, name="folder/a[1].csv")
    assert read_csv(spark, [str(folder)]).count() == 1


def test_reads_gzip_and_names_the_file(spark, tmp_path, write_csv):
    packed = tmp_path / "packed.csv.gz"
    packed.write_bytes(gzip.compress(write_csv(ROW).read_bytes()))
    row = read_csv(spark, [str(packed)]).first()
    assert (row.household, row.kwh, row.malformed) == ("MAC000002", " 0.5 ", None)
    assert row.file.endswith("/packed.csv.gz")


def test_reads_windows_line_ends_and_a_byte_order_mark(spark, tmp_path, write_csv):
    text = write_csv(ROW).read_text().replace("\n", "\r\n")
    windows = tmp_path / "windows.csv"
    windows.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_csv(spark, [str(windows)]).first().acorn_group == "Affluent"


def test_refuses_a_pattern_without_a_file(spark, tmp_path):
    assert "no file matches --csv" in refusal(spark, tmp_path / "none.csv")
    assert "no file matches --csv" in refusal(spark, tmp_path)


def test_refuses_an_empty_file_even_beside_a_full_one(spark, write_csv, tmp_path):
    write_csv(ROW, name="full.csv")
    (tmp_path / "empty.csv").touch()
    message = refusal(spark, tmp_path)
    assert "empty.csv is empty (0 bytes)" in message


def test_refuses_another_header_and_says_what_is_missing(spark, write_csv):
    message = refusal(
        spark, write_csv(ROW, header="LCLid,DateTime,KWH/hh (per half hour) ,Acorn,Acorn_grouped")
    )
    assert "readings.csv has another header" in message
    assert "found LCLid,DateTime" in message
    assert "missing: stdorToU; " in message


def test_names_the_archive_with_all_columns_where_a_file_is_of_the_one_without_acorn_groups(spark, write_csv):
    four = "LCLid,stdorToU,DateTime,KWH/hh (per half hour) "
    message = refusal(spark, write_csv("MAC000002,Std,2013-01-01 00:00:00.0000000, 0.1 ", header=four))
    assert "missing: Acorn, Acorn_grouped; " in message
    assert "withAcornGps" in message


def test_refuses_columns_in_another_order(spark, write_csv):
    shuffled = "stdorToU,LCLid,DateTime,KWH/hh (per half hour) ,Acorn,Acorn_grouped"
    assert "another order" in refusal(spark, write_csv(ROW, header=shuffled))


def test_refuses_input_without_any_row_but_takes_an_empty_shard_beside_full_ones(spark, write_csv, tmp_path):
    header_only = write_csv(name="a.csv")
    assert "nothing below the header" in refusal(spark, header_only)
    write_csv(ROW, name="b.csv")
    assert read_csv(spark, [str(tmp_path)]).count() == 1


def test_refuses_what_cannot_be_unpacked(spark, tmp_path):
    (tmp_path / "not.csv.gz").write_text("plain text\n")
    (tmp_path / "archive.zip").write_bytes(b"PK\3\4")
    assert "not.csv.gz cannot be unpacked" in refusal(spark, tmp_path / "not.csv.gz")
    assert "unpack it" in refusal(spark, tmp_path / "archive.zip")
    (tmp_path / "framed.csv.lz4").write_bytes(b"LZ4")
    assert "unpack it, or pack it as .csv.gz" in refusal(spark, tmp_path / "framed.csv.lz4")
