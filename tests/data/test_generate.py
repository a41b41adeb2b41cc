import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from generator.draws import Purpose, draws
from generator.prices import schedule
from generator.shards import HEADER, Plan, write_shard

DATA = Path(__file__).resolve().parents[2] / "data"


def generate(folder: Path, *arguments: str) -> None:
    command = [sys.executable, DATA / "generate.py", "--out", folder, *arguments]
    subprocess.run(command, check=True, capture_output=True)


def refusal(folder: Path, *arguments: str) -> str:
    """The last line that a call which must fail has written."""
    with pytest.raises(subprocess.CalledProcessError) as raised:
        generate(folder, *arguments)
    said = raised.value.stderr.decode()
    assert "Traceback" not in said
    return said.splitlines()[-1]


def rows(path: Path) -> list[list[str]]:
    header, *lines = path.read_text().splitlines()
    assert header + "\n" == HEADER
    return [line.split(",") for line in lines]


def test_the_sample_is_what_the_default_call_writes(tmp_path):
    generate(tmp_path)
    for name in ("power_1.csv", "prices/day_ahead.csv"):
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes()


def test_the_sample_covers_every_group_and_tariff_in_the_last_quarter_of_two_years():
    sample = rows(DATA / "power_1.csv")
    homes = {(row[0], row[1], row[5]) for row in sample}
    both = Counter((group, tariff) for _, tariff, group in homes)
    for group in ("Affluent", "Comfortable", "Adversity", "ACORN-U"):
        assert both[group, "Std"] and both[group, "ToU"], group
    times = [row[2] for row in sample]
    assert (min(times)[:16], max(times)[:16]) == ("2012-10-01 00:30", "2013-12-31 00:00")
    assert (DATA / "power_1.csv").stat().st_size < 20e6


def test_the_sample_has_the_quirks_of_the_published_files():
    sample = rows(DATA / "power_1.csv")
    assert HEADER.split(",")[3] == "KWH/hh (per half hour) "
    assert all(row[2].endswith(".0000000") for row in sample)
    nulls = [row for row in sample if row[3] == "Null"]
    assert len(nulls) == len({row[0] for row in nulls}) == 12
    assert not any(row[2][14:19] in ("00:00", "30:00") for row in nulls)
    numbers = [row[3] for row in sample if row[3] != "Null"]
    assert all(text[0] == text[-1] == " " for text in numbers)
    assert 100 <= sum(count - 1 for count in Counter(map(tuple, sample)).values()) <= 150


def test_shards_hold_the_same_rows_as_one_file(tmp_path):
    size = ("--households", "7", "--days", "3")
    generate(tmp_path / "one", *size)
    generate(tmp_path / "three", *size, "--shards", "3")
    assert len(list((tmp_path / "three").glob("*.csv"))) == 3
    parts = [row for n in (1, 2, 3) for row in rows(tmp_path / "three" / f"power_{n}.csv")]
    assert parts == rows(tmp_path / "one" / "power_1.csv")


def test_the_same_comes_out_of_one_process_and_of_three(tmp_path):
    size = ("--households", "5", "--days", "4", "--shards", "4")
    for processes in ("1", "3"):
        generate(tmp_path / processes, *size, "--processes", processes)
    for one in (tmp_path / "1").rglob("*.*"):
        assert one.read_bytes() == (tmp_path / "3" / one.relative_to(tmp_path / "1")).read_bytes()


def test_gives_as_many_rows_as_asked_for(tmp_path):
    asked = ("--days", "3", "--start", "2013-01-01")
    generate(tmp_path / "cut", "--rows", "1000", "--shards", "3", *asked)
    generate(tmp_path / "whole", "--households", "9", *asked)
    parts = [row for n in (1, 2, 3) for row in rows(tmp_path / "cut" / f"power_{n}.csv")]
    assert parts == rows(tmp_path / "whole" / "power_1.csv")[:1000]


def test_refuses_rows_and_households_together(tmp_path):
    with pytest.raises(subprocess.CalledProcessError):
        generate(tmp_path, "--rows", "100", "--households", "3")


def test_a_run_of_fewer_shards_leaves_none_of_the_run_before(tmp_path):
    generate(tmp_path, "--households", "4", "--days", "2", "--shards", "4")
    generate(tmp_path, "--households", "4", "--days", "2")
    assert {file.name for file in tmp_path.iterdir()} == {"power_1.csv", "prices", "truth.json"}


@pytest.mark.parametrize("generated_before", [True, False])
def test_readings_of_somebody_else_are_refused_and_not_removed(tmp_path, generated_before):
    if generated_before:
        generate(tmp_path, "--households", "2", "--days", "2", "--shards", "2")
    (tmp_path / "power_3.csv").write_text("theirs")
    before = {file: file.read_bytes() for file in tmp_path.rglob("*.*")}
    assert "such as power_3.csv" in refusal(tmp_path, "--households", "1", "--days", "2")
    assert {file: file.read_bytes() for file in tmp_path.rglob("*.*")} == before


@pytest.mark.parametrize("name", ["--households", "--rows", "--days", "--shards", "--processes"])
def test_a_count_below_1_is_refused_by_its_name(tmp_path, name):
    for value in ("0", "-3"):
        assert f"argument {name}: {value} is not a whole number from 1 on" in refusal(tmp_path, name, value)
    assert not list(tmp_path.iterdir())


def test_a_file_in_place_of_the_folder_is_refused_in_one_line(tmp_path):
    file = tmp_path / "file"
    file.write_text("theirs")
    assert f"--out {file} is no folder" in refusal(file)
    assert file.read_text() == "theirs"


def test_another_seed_gives_other_readings_and_more_homes_do_not_change_the_first(tmp_path):
    def lines(households, seed):
        path = tmp_path / "x.csv"
        write_shard(Plan(households, 2, date(2013, 1, 1), seed, 1), 0, path)
        return path.read_text().splitlines()

    small = lines(3, seed=1)
    assert lines(5, seed=1)[: len(small)] == small
    assert lines(3, seed=2) != small


def test_prices_are_of_the_trial_year_alone_and_the_same_in_every_plan():
    short, long = (schedule(7, date(2012, 12, 1), days).splitlines() for days in (60, 800))
    assert short[0] == long[0] == "TariffDateTime,Tariff"
    assert short == long[: len(short)]
    assert (long[1][:19], long[-1][:19]) == ("2013-01-01 00:00:00", "2013-12-31 23:30:00")
    count = Counter(line[20:] for line in long[1:])
    assert set(count) == {"High", "Normal", "Low"}
    assert count["High"] < count["Low"] < 0.2 * count["Normal"]


def test_draws_are_those_of_the_published_algorithm():
    """SplitMix64's first outputs for the state 1234567, as its reference implementation prints them."""
    from generator import draws as module

    state = np.uint64(1234567)
    with np.errstate(over="ignore"):
        outputs = module._mix(state + np.arange(1, 4, dtype=np.uint64) * module._STEP)
    assert outputs.tolist() == [6457827717110365317, 3203168211198807973, 9817491932198370423]
    assert draws(1, 2, Purpose.LEVEL, 4).tolist()[:2] == draws(1, 2, Purpose.LEVEL, 2).tolist()
    assert draws(1, 2, Purpose.LEVEL, 4).tolist()[2:] == draws(1, 2, Purpose.LEVEL, 2, first=2).tolist()
