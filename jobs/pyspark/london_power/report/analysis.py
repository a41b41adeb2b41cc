"""The sections of what analyze has found of consumption and load profile."""

from ..common.answers import (
    ALL_HOMES,
    LOAD_DURATION,
    MONTHLY,
    MONTHLY_INTERVALS,
    ONE_MIX,
    PEAK_DEMAND,
    PROFILE,
    SEASONS,
    group_name,
)
from ..common.schema import ACORN_GROUPS
from .markup import Section, number, paragraph, picture, table, text
from .stored import Stored


def sections(found: Stored) -> list[Section]:
    return [
        Section("consumption", "Consumption by Acorn group", _consumption(found)),
        Section("profile", "Load profile", _profile(found)),
        Section("demand", "Peak and base load", _demand(found)),
    ]


def in_order(rows: list[dict]) -> list[dict]:
    """The whole first, then the groups as everywhere on the page."""
    return sorted(rows, key=lambda row: [ALL_HOMES, ONE_MIX, *ACORN_GROUPS].index(row["acorn_group"]))


def _consumption(found: Stored) -> str:
    rows = {(row["month"], row["acorn_group"]): row for row in found.tables[MONTHLY_INTERVALS]}
    groups = [group for group in ACORN_GROUPS if any(group == name for _, name in rows)]
    months = sorted({month for month, _ in rows})
    lines = []
    for month in months:
        cells = [rows.get((month, group)) for group in groups]
        homes = sum(cell["households"] for cell in cells if cell)
        lines.append([month, text(homes), *map(_with_reach, cells)])
    partial = {
        at for at, month in enumerate(months) if any(rows[key]["partial"] for key in rows if key[0] == month)
    }
    return (
        picture(
            found.plots.get(MONTHLY), "Lines of kWh a household and day by month, one for each Acorn group"
        )
        + table(
            ["Month", "Homes", *groups],
            lines,
            "kWh per household and day: 48 times the mean of the readings",
            soft=partial,
        )
        + paragraph(
            "After ± stands what a 95 % interval reaches to either side, over homes: how far another draw of"
            " as many homes would lie from it. There is none where a group has one home.",
            "Grey months are partial: no home has 99 % of their half hours." if partial else "",
            kind="note",
        )
    )


def _with_reach(cell: dict | None) -> str:
    if cell is None:
        return "–"
    kwh = number(cell["kwh_per_household_day"], 2)
    if cell["high_kwh"] is None:
        return kwh
    return f"{kwh} ± {number(cell['high_kwh'] - cell['kwh_per_household_day'], 2)}"


def _profile(found: Stored) -> str:
    lines = []
    for season in SEASONS:
        for group in ACORN_GROUPS:
            day = [r for r in found.tables[PROFILE] if (r["season"], r["acorn_group"]) == (season, group)]
            if day:
                top, low = (pick(day, key=lambda row: row["mean_kwh"]) for pick in (max, min))
                lines.append(
                    [
                        f"{season.capitalize()}, {group}",
                        text(day[0]["households"]),
                        *(clock(top["half_hour"]), number(top["mean_kwh"], 3)),
                        *(clock(low["half_hour"]), number(low["mean_kwh"], 3)),
                        number(top["mean_kwh"] / low["mean_kwh"] if low["mean_kwh"] else None, 1),
                    ]
                )
    heads = ["Season and group", "Homes", "Peak at", "kWh", "Least at", "kWh", "Ratio"]
    return picture(found.plots.get(PROFILE), "Mean kWh per half hour over the day, a panel a season") + table(
        heads, lines, "Peak and least use over the day, mean kWh per half hour"
    )


def _demand(found: Stored) -> str:
    lines = [
        [
            group_name(row["acorn_group"]),
            text(row["households"]),
            *(number(row["peak_kw"], 3), text(row["peak_at"])),
            *(number(row["mean_kw"], 3), number(row["load_factor_percent"], 1, "%")),
            *(number(row["base_kw"], 3), text(row["half_hours"])),
        ]
        for row in in_order(found.tables[PEAK_DEMAND])
    ]
    heads = [
        "Group",
        "Homes at once",
        "Peak, kW",
        "Begins at",
        "Mean, kW",
        "Load factor",
        "Base, kW",
        "Half hours",
    ]
    return (
        table(heads, lines, "Demand of all homes at once, for each of them")
        + paragraph(
            "The peak is the after-diversity maximum demand (ADMD): the highest mean of all homes in one half"
            " hour. It falls with their number, so compare groups of the same size. The load factor is the"
            " mean's share in the peak; base load is reached in 95 % of the half hours. Half hours with"
            " fewer than 80 % of the homes that there are at most at once are left out.",
            kind="note",
        )
        + picture(
            found.plots.get(LOAD_DURATION),
            "kW per household over the share of the half hours, a line a group",
        )
    )


def clock(half_hour: int) -> str:
    return f"{half_hour // 2:02d}:{half_hour % 2 * 30:02d}"
