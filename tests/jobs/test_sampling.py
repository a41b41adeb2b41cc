from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from london_power.common.errors import JobError
from london_power.common.prices import NO_PRICES
from london_power.train import sampling, scan
from london_power.train import survey as surveys
from london_power.train.survey import Survey
from panels import AS_THEY_STAND

START, CLOCK = 1356998400, pa.timestamp("us", "UTC")  # 1 January 2013
HOMES = [f"MAC{n:06d}" for n in range(50)]


def survey(job, files: list[str], most: int) -> Survey:
    return surveys.survey(job, files, most, AS_THEY_STAND, NO_PRICES)


@pytest.fixture
def job(spark):
    return SimpleNamespace(spark=spark)


@pytest.fixture
def files(tmp_path):
    """Fifty households with ten readings each, one of them without a value; in two files."""

    def write(name, numbers):
        rows = [(home, n) for home in HOMES for n in numbers]
        table = pa.table(
            {
                "household": [home for home, _ in rows],
                "tariff": ["Std"] * len(rows),
                "time": pa.array(
                    [(1356998400 + 1800 * n) * 1_000_000 for _, n in rows], pa.timestamp("us", "UTC")
                ),
                "kwh": [0.5 + n if n else None for _, n in rows],
                "acorn_group": ["Affluent" if home < HOMES[20] else "Adversity" for home, _ in rows],
            }
        )
        pq.write_table(table, tmp_path / name)
        return (tmp_path / name).as_uri()

    return [write("a.parquet", range(6)), write("b.parquet", range(6, 10))]


def test_a_sample_holds_whole_households_no_more_rows_than_asked_for_and_says_its_share(job, files):
    seen = survey(job, files, 205)
    assert (seen.first.isoformat(), seen.last.isoformat()) == ("2013-01-01T00:30:00", "2013-01-01T04:30:00")
    groups = ["Affluent" if home < HOMES[20] else "Adversity" for home in HOMES]
    report = sampling.report(groups, seen.rows, seen.values, seen.chosen, 205)
    assert report["rows_used"] == 200
    assert (report["households"], report["households_used"], report["rows"]) == (50, 20, 500)
    assert report["share"] == 0.4
    assert report["rows_null"] == 20
    assert sum(report["households_by_group"].values()) == 20
    assert seen.panel.households == [seen.households[n] for n in seen.chosen]
    kwh = seen.panel.kwh(slice(0, None))[:, 0]
    assert (kwh[:, 1:10] == 0.5 + np.arange(1, 10)).all()  # of both files
    assert np.isnan(kwh[:, 0]).all()
    assert (seen.panel.cells[:, 0, 0] == scan.NO_VALUE).all()
    assert (seen.panel.cells[:, 0, 10:] == scan.NO_ROW).all()


def test_a_smaller_sample_is_part_of_a_larger_one_and_all_fit_where_there_is_room(job, files):
    small, large, every = (set(survey(job, files, most).panel.households) for most in (100, 300, 500))
    assert small < large < every == set(HOMES)


def test_there_is_always_a_household(job, files):
    assert len(survey(job, files, 1).panel.households) == 1


def test_a_profile_is_of_all_households_also_of_those_not_chosen(job, files):
    seen = survey(job, files, 100)
    kwh, count = seen.profile[:, :48, 0], seen.profile[:, :48, 1]
    assert (kwh[:, 1:10] == (0.5 + np.arange(1, 10)) * 1e6).all()
    assert count.sum() == 50 * 9
    winter = seen.profile[:, scan.SEASONS]
    assert (winter[:, 1] == 9).all()
    assert (seen.profile[:, scan.WEEKEND] == 0).all()  # a Tuesday


def test_a_reading_between_two_half_hours_is_counted_and_left_alone(job, tmp_path):
    table = pa.table(
        {
            "household": ["A", "A"],
            "tariff": ["Std", "Std"],
            "time": pa.array([1356998400_000000, 1356999300_000000], pa.timestamp("us", "UTC")),
            "kwh": [0.5, 9.0],
            "acorn_group": ["Affluent", "Affluent"],
        }
    )
    pq.write_table(table, tmp_path / "odd.parquet")
    seen = survey(job, [(tmp_path / "odd.parquet").as_uri()], 10)
    assert seen.rows.tolist() == seen.values.tolist() == [2]
    assert seen.panel.cells.max() == 500_000


def test_readings_without_any_value_are_refused(job, files, tmp_path):
    table = pq.read_table(files[0].removeprefix("file://"))
    pq.write_table(table.set_column(3, "kwh", pa.nulls(len(table), pa.float64())), tmp_path / "none.parquet")
    with pytest.raises(JobError, match="the lake holds no reading with a value"):
        survey(job, [(tmp_path / "none.parquet").as_uri()], 10)
