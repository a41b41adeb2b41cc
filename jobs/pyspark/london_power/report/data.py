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
    return [Section("quality", "Data quality", _accounts(found) + _coverage(found))]


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
