"""What was read, and how complete it is; the page's title and first figures."""

from ..common.answers import ALL_HOMES, COVERAGE, MONTHLY, QUALITY, group_name
from .analysis import in_order
from .markup import Section, heading, number, paragraph, table, text
from .models import best
from .stored import Stored
from .tariffs import headline

_REASONS = {
    "columns": "not six columns",
    "household": "no household's number",
    "tariff": "unknown tariff",
    "time": "no time",
    "kwh_not_a_number": "kWh not a number",
    "kwh_negative": "kWh negative",
    "kwh_absurd": "kWh beyond what a fuse lets through",
    "acorn": "unknown Acorn category",
    "acorn_group": "unknown Acorn group",
    "conflict": "another value for the same household and time",
}
# What ingest has counted of the times → in words, and what it speaks for.
_VOTES = {
    "spring_hour_there": ("nights in March with the hour that clocks leave out", "GMT"),
    "spring_hour_missing": ("nights in March without that hour", "Europe/London"),
    "autumn_hour_once": ("nights in October with one of the hour that clocks repeat", "GMT"),
    "autumn_hour_twice": ("nights in October with two of that hour", "Europe/London"),
    "first_at_00:00": ("homes whose first time is 00:00", "start"),
    "last_at_23:30": ("homes whose last time is 23:30", "start"),
    "first_at_00:30": ("homes whose first time is 00:30", "end"),
    "last_at_00:00": ("homes whose last time is 00:00", "end"),
}
_DECIDED = {
    "data": "as most homes show",
    "setting": "as was set",
    "default": "which is assumed, as no majority of the homes shows it",
}
_LEAST = 10  # households in the list of those that lack most


def title(found: Stored) -> str:
    every = _every(found)
    homes = "1 household" if every["households"] == 1 else f"{every['households']:,} households"
    return f"Electricity use of {homes}, {_long(every['first_day'])} to {_long(every['last_day'])}"


def subtitle(found: Stored) -> str:
    every = _every(found)
    return (
        f"Half-hourly smart-meter readings by Acorn group and tariff: {text(every['readings'])} values,"
        f" {number(every['coverage_percent'], 1, '%')} of what there could be between each home's first row"
        " and last."
    )


def headlines(found: Stored) -> list[tuple[str, str, str]]:
    """(label, figure, remark) for the tiles."""
    every, months = _every(found), found.tables[MONTHLY]
    total = sum(row["total_kwh"] for row in months)
    tiles = [
        ("Readings", text(every["readings"]), f"and {text(every['missing'])} stored without a value"),
        ("Use", number(48 * total / every["readings"], 2, "kWh"), "per household and day"),
    ]
    if difference := headline(found):
        tiles.append(difference)
    if chosen := best(found):
        name, scores = chosen
        tiles.append(("Best model, RMSE", number(scores["rmse"], 3, "kWh"), f"per half hour: {text(name)}"))
    return tiles


def sections(found: Stored) -> list[Section]:
    return [Section("quality", "Data quality", _accounts(found) + _times(found) + _coverage(found))]


def _accounts(found: Stored) -> str:
    read = found.metrics("ingest")
    if not read:
        return ""
    lines = [
        ["Rows read", read["rows_read"]],
        ["Stored as readings", read["rows_stored"]],
        ["… of these without a value", read["rows_null"]],
        ["Duplicates left out", read["rows_duplicate"]],
        ["In quarantine", read["rows_quarantined"]],
        *([f"… {_REASONS.get(name, name)}", rows] for name, rows in read["quarantine_reasons"].items()),
    ]
    return paragraph("Every row that was read is stored, a duplicate or in quarantine.") + table(
        ["", "Rows"], lines
    )


def _times(found: Stored) -> str:
    if not (times := found.metrics("ingest").get("times")):
        return ""
    votes = times["votes"]
    lines = [[words, votes[name], said] for name, (words, said) in _VOTES.items()]
    return (
        heading("What the times mean")
        + paragraph(
            f"Times are taken for those of {text(times['zone'])}, {_DECIDED[times['zone_by']]}, and for the"
            f" {text(times['label'])} of their half hour, {_DECIDED[times['label_by']]}.",
            "Load profiles, and the calendar that models know, are by London's clock at the start of the half"
            " hour; days and months are those of the times as they are stored.",
        )
        + table(["In the readings", "How often", "Speaks for"], lines, "What homes' readings show")
    )


def _coverage(found: Stored) -> str:
    groups = [
        [
            group_name(row["acorn_group"]),
            text(row["households"]),
            f"{row['first_day']} to {row['last_day']}",
            number(row["coverage_percent"], 1, "%"),
            number(row["lowest_coverage_percent"], 1, "%"),
            *(text(row[name]) for name in ("complete_households", "missing", "days_incomplete", "gaps")),
            text(row["longest_gap_days"]),
        ]
        for row in in_order(found.tables[QUALITY])
    ]
    heads = ["Group", "Households", "Days", "Coverage", "Lowest", "Complete homes", "Missing"]
    heads += ["Incomplete days", "Gaps", "Longest gap, days"]
    lack = [row for row in found.tables[COVERAGE] if row["readings"] < row["expected"]]
    least = sorted(lack, key=lambda row: (row["coverage_percent"], row["household"]))[:_LEAST]
    lacking = [
        [
            row["household"],
            *(text(row["acorn_group"]), text(row["tariff"]), f"{row['first_day']} to {row['last_day']}"),
            number(row["coverage_percent"], 1, "%"),
            *(text(row[name]) for name in ("missing", "days_incomplete", "gaps", "longest_gap_days")),
        ]
        for row in least
    ]
    names = [
        "Household",
        "Group",
        "Tariff",
        "Days",
        "Coverage",
        "Missing",
        "Incomplete days",
        "Gaps",
        "Longest gap",
    ]
    return (
        heading("Coverage")
        + paragraph(
            "Coverage is the share of half hours with a value, of all from a household's first row to its"
            " last; a complete home has 99\u202f% or more. A gap is a stretch of whole days without any.",
            kind="note",
        )
        + table(heads, groups)
        + (
            table(
                names,
                lacking,
                f"Households that lack half hours, at most {_LEAST}: those that lack most first",
            )
            if lacking
            else paragraph("No household lacks a half hour between its first row and its last.")
        )
    )


def _every(found: Stored) -> dict:
    return next(row for row in found.tables[QUALITY] if row["acorn_group"] == ALL_HOMES)


def _long(day) -> str:
    return f"{day.day} {day:%B %Y}".replace(" ", "\u00a0")
