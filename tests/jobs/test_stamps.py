"""What the times mean is found in the readings themselves, and used where the time of day counts."""

import argparse
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from london_power.analyze import analysis
from london_power.common import stamps
from london_power.common.errors import JobError
from london_power.common.stamps import END, GMT, HALF_HOURS, LONDON, START, Stamps
from london_power.ingest import evidence

HALF_HOUR, HERE = timedelta(minutes=30), ZoneInfo("Europe/London")
# Whole days by London's clock, from before a change in spring until after that in autumn.
SPRING, AUTUMN = datetime(2013, 3, 30), datetime(2013, 10, 26)
WINTER = datetime(2013, 1, 10)
KINDS = [Stamps(zone, label) for zone in (GMT, LONDON) for label in (START, END)]


def written(meant: Stamps, home: int, begin: datetime, days: int = 3) -> list[str]:
    """A home's rows of whole days by the clock that the times are of; 0.9 kWh in the half hours that start at
    six in the evening by London's clock, 0.1 in others.
    """
    zone = HERE if meant.zone == LONDON else timezone.utc
    start, end = (
        day.replace(tzinfo=zone).astimezone(timezone.utc) for day in (begin, begin + days * 48 * HALF_HOUR)
    )
    rows = []
    while start < end:
        evening = start.astimezone(HERE).strftime("%H:%M") == "18:00"
        shown = (start + HALF_HOUR * (meant.label == END)).astimezone(zone)
        rows.append(
            f"MAC{home:06d},Std,{shown:%Y-%m-%d %H:%M:%S}.0000000,"
            f" {0.9 if evening else 0.1} ,ACORN-A,Affluent"
        )
        start += HALF_HOUR
    return rows


@pytest.fixture
def ingested(run_job, write_csv, lake):
    """ingested(rows, …): the metrics of ingest on files of these rows."""

    def run(*files, arguments=()):
        csv = [word for n, rows in enumerate(files) for word in ("--csv", write_csv(*rows, name=f"{n}.csv"))]
        return run_job("ingest", *csv, "--lake", lake.root, *arguments)

    return run


@pytest.mark.parametrize("meant", KINDS, ids=lambda each: f"{each.zone}-{each.label}")
def test_finds_zone_and_label_and_puts_the_evening_where_it_was(meant, ingested, lake, spark):
    rows = [
        row for home, begin in [(1, SPRING), (2, AUTUMN), (3, AUTUMN)] for row in written(meant, home, begin)
    ]
    times = ingested(rows)["times"]
    assert (times["zone"], times["label"]) == (meant.zone, meant.label)
    assert (times["zone_by"], times["label_by"]) == ("data", "data")
    hours = ("there", "once") if meant.zone == GMT else ("missing", "twice")
    counted = {name: count for name, count in times["votes"].items() if "hour" in name and count}
    assert counted == {f"spring_hour_{hours[0]}": 1, f"autumn_hour_{hours[1]}": 2}
    ends = (
        ("first_at_00:00", "last_at_23:30") if meant.label == START else ("first_at_00:30", "last_at_00:00")
    )
    assert {name: times["votes"][name] for name in ends} == dict.fromkeys(ends, 3)
    assert stamps.read(lake) == meant
    silent = SimpleNamespace(spark=spark, stage=lambda text: None)
    profile = analysis.answers(silent, lake)["load_profile"].to_pylist()
    evenings = {row["half_hour"] for row in profile if row["mean_kwh"] > 0.1}
    assert evenings == {36}


def test_repeated_files_do_not_pass_for_a_doubled_hour(ingested):
    rows = written(Stamps(GMT, START), 1, AUTUMN)
    times = ingested(rows, rows)["times"]
    assert (times["zone"], times["zone_by"]) == (GMT, "default")
    assert times["votes"]["autumn_hour_twice"] == 0


def test_most_homes_decide_and_without_any_the_published_files_do(ingested):
    gmt, london = Stamps(GMT, END), Stamps(LONDON, START)
    homes = [(gmt, 1), (london, 2), (london, 3)]
    rows = [row for meant, home in homes for row in written(meant, home, SPRING)]
    times = ingested(rows)["times"]
    assert (times["zone"], times["zone_by"], times["label"]) == (LONDON, "data", START)
    noon = [row for row in written(london, 1, WINTER) if "2013-01-11 1" in row]
    times = ingested(noon)["times"]
    assert [times[name] for name in ("zone", "zone_by", "label", "label_by")] == [
        GMT,
        "default",
        END,
        "default",
    ]
    assert Stamps(times["zone"], times["label"]) == evidence.TIE


def test_a_night_in_two_files_is_one_night(ingested):
    rows = written(Stamps(LONDON, START), 1, SPRING)
    at = next(n for n, row in enumerate(rows) if "2013-03-31 02:00" in row)
    assert ingested(rows[:at], rows[at:])["times"]["votes"]["spring_hour_missing"] == 1


def test_a_setting_goes_before_what_is_found(ingested, lake):
    times = ingested(written(Stamps(GMT, END), 1, SPRING), arguments=["--zone", LONDON, "--label", START])[
        "times"
    ]
    assert [times[name] for name in ("zone", "zone_by", "label", "label_by")] == [
        *(LONDON, "setting", START, "setting")
    ]
    assert times["votes"]["spring_hour_there"] == 1
    assert stamps.read(lake) == Stamps(LONDON, START)


def test_readings_of_an_older_version_are_refused_with_what_to_do(ingested, lake, run_job):
    ingested(written(Stamps(GMT, END), 1, WINTER))
    lake.files.delete(f"{lake.path('readings')}/{stamps.FILE}")
    with pytest.raises(JobError, match="does not define the meaning of its times: run ingest again"):
        run_job("analyze", "--lake", lake.root)


def test_no_other_zone_or_label_is_taken(ingested):
    for argument, value in [("--zone", "Europe/Paris"), ("--label", "middle")]:
        with pytest.raises(
            (JobError, argparse.ArgumentError), match=f"{argument}.*invalid choice: '{value}'"
        ):
            ingested(written(KINDS[0], 1, WINTER), arguments=[argument, value])


def test_local_starts_are_those_of_the_zones_own_table():
    first, last = (
        np.datetime64(day).astype("M8[D]").astype(np.int64) for day in ("2011-01-01", "2027-01-01")
    )
    half_hours = np.arange(first * HALF_HOURS, last * HALF_HOURS)
    here = [
        datetime.fromtimestamp(second, HERE).replace(tzinfo=timezone.utc).timestamp()
        for second in (half_hours * 1800).tolist()
    ]
    assert (Stamps(GMT, START).local_starts(half_hours) * 1800 == np.array(here)).all()
    assert (Stamps(GMT, END).local_starts(half_hours + 1) * 1800 == np.array(here)).all()
