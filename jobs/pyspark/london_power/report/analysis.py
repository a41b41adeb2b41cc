"""The sections of what analyze has found: consumption, load profile, tariffs."""

from ..common.answers import EFFECT, MONTHLY, PROFILE, SEASONS, TARIFFS
from ..common.schema import ACORN_GROUPS
from .markup import Section, heading, number, paragraph, picture, table, text
from .stored import Stored

_METHODS = {
    "trial_year": "Difference in 2013",
    "change_from_2012": "Change from 2012 (difference in differences)",
}


def sections(found: Stored) -> list[Section]:
    return [
        Section("consumption", "Consumption by Acorn group", _consumption(found)),
        Section("profile", "Load profile", _profile(found)),
        Section("tariffs", "Standard and time-of-use tariff", _tariffs(found)),
    ]


def group_name(group: str) -> str:
    return "All groups" if group == "all" else group


def in_order(rows: list[dict]) -> list[dict]:
    """The whole first, then the groups as everywhere on the page."""
    return sorted(rows, key=lambda row: ["all", *ACORN_GROUPS].index(row["acorn_group"]))


def _consumption(found: Stored) -> str:
    rows = {(row["month"], row["acorn_group"]): row for row in found.tables[MONTHLY]}
    groups = [group for group in ACORN_GROUPS if any(group == name for _, name in rows)]
    months = sorted({month for month, _ in rows})
    lines = []
    for month in months:
        cells = [rows.get((month, group)) for group in groups]
        homes = sum(cell["households"] for cell in cells if cell)
        lines.append([month, *(number(c and c["kwh_per_household_day"], 2) for c in cells), text(homes)])
    return picture(
        found.plots.get(MONTHLY), "Lines of kWh a household and day by month, one for each Acorn group"
    ) + table(
        ["Month", *groups, "Households"],
        lines,
        "kWh per household and day: 48 times the mean of the readings",
    )


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
                        *(_clock(top["half_hour"]), number(top["mean_kwh"], 3)),
                        *(_clock(low["half_hour"]), number(low["mean_kwh"], 3)),
                        number(top["mean_kwh"] / low["mean_kwh"] if low["mean_kwh"] else None, 1),
                        text(day[0]["households"]),
                    ]
                )
    heads = ["Season and group", "Peak at", "kWh", "Least at", "kWh", "Ratio", "Households"]
    return picture(found.plots.get(PROFILE), "Mean kWh per half hour over the day, a panel a season") + table(
        heads, lines, "Peak and least use over the day, mean kWh per half hour"
    )


def _clock(half_hour: int) -> str:
    return f"{half_hour // 2:02d}:{half_hour % 2 * 30:02d}"


def _tariffs(found: Stored) -> str:
    period = "trial" if any(row["period"] == "trial" for row in found.tables[TARIFFS]) else "all"
    means = [
        [
            group_name(row["acorn_group"]),
            *(number(row["std_mean_kwh"], 4), number(row["tou_mean_kwh"], 4)),
            number(row["difference_percent"], 1, "%", sign=True),
            *(text(row["std_households"]), text(row["tou_households"])),
        ]
        for row in in_order(found.tables[TARIFFS])
        if row["period"] == period
    ]
    when = "2013, when prices depended on the time" if period == "trial" else "all the time there is"
    heads = ["Group", "Standard", "Time of use", "Difference", "Std homes", "ToU homes"]
    return (
        picture(found.plots.get(TARIFFS), "Mean kWh per half hour on either tariff, a line a group")
        + table(heads, means, f"Mean kWh per half hour over all readings, {when}")
        + heading("What the tariff did")
        + paragraph(
            "A household counts as one observation, since its readings are not independent.",
            "<em>Difference in 2013</em> compares homes on the two tariffs; they chose theirs, so it holds"
            " what the choosers were like before.",
            "<em>Change from 2012</em> compares how far homes changed over the same months of the year, which"
            " takes out what was always different.",
        )
        + picture(found.plots.get(EFFECT), "Effect of the tariff in per cent with 95 % intervals")
        + _effects(found.tables[EFFECT])
    )


def _effects(rows: list[dict]) -> str:
    known = [row for row in rows if row["effect_kwh"] is not None]
    if not known:
        return paragraph("No group has homes on both tariffs in 2013.", kind="note")
    body = ""
    for method, words in _METHODS.items():
        if mine := [row for row in known if row["method"] == method]:
            body += _effect_table(words, mine)
        else:
            body += paragraph(f"{words}: no readings of the same months in both years.", kind="note")
    return body


def _effect_table(caption: str, rows: list[dict]) -> str:
    lines = [
        [
            group_name(row["acorn_group"]),
            number(row["effect_kwh"], 4, sign=True),
            interval(row, "kwh", 4),
            number(row["effect_percent"], 1, "%", sign=True),
            interval(row, "percent", 1),
            f"{text(row['std_households'])} / {text(row['tou_households'])}",
        ]
        for row in in_order(rows)
    ]
    heads = ["Group", "kWh per half hour", "95 % interval", "Per cent", "95 % interval", "Std / ToU homes"]
    return table(heads, lines, f"{caption}: time of use less standard, with Welch's interval")


def interval(row: dict, unit: str, decimals: int) -> str:
    low, high = row[f"low_{unit}"], row[f"high_{unit}"]
    if low is None:
        return "–"
    return f"{number(low, decimals, sign=True)} to {number(high, decimals, sign=True)}"
