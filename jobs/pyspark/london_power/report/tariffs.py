"""The section of the tariffs: how far their homes lie apart, and who joined and left when."""

from ..common.answers import (
    ALL_HOMES,
    ATTENDANCE,
    EFFECT,
    METHODS,
    TARIFF_PROFILE,
    TARIFFS,
    group_name,
    period_of_tariffs,
)
from .analysis import in_order
from .markup import Section, details, heading, interval, number, paragraph, picture, table, text
from .stored import Stored


def sections(found: Stored) -> list[Section]:
    body = _means(found) + _profiles(found) + _differences(found) + _attendance(found)
    return [Section("tariffs", "Standard and time-of-use tariff", body)]


def headline(found: Stored) -> tuple[str, str, str] | None:
    """(label, figure, remark) of the best estimate that there is, under the name of what it estimates."""
    known = {
        row["method"]: row
        for row in found.tables[EFFECT]
        if row["acorn_group"] == ALL_HOMES and row["effect_percent"] is not None
    }
    method = next((method for method in reversed(METHODS) if method in known), None)
    if method is None:
        return None
    row = known[method]
    remark = f"time of use against standard, within groups; 95 %: {interval(row, 'percent', 1)}"
    return METHODS[method], number(row["effect_percent"], 1, "%", sign=True), remark


def _means(found: Stored) -> str:
    period = period_of_tariffs(found.tables[TARIFFS])
    lines = [
        [
            group_name(row["acorn_group"]),
            *(text(row["std_households"]), text(row["tou_households"])),
            *(number(row["std_mean_kwh"], 4), number(row["tou_mean_kwh"], 4)),
            number(row["difference_percent"], 1, "%", sign=True),
        ]
        for row in in_order(found.tables[TARIFFS])
        if row["period"] == period
    ]
    when = "2013, when prices depended on the time" if period == "trial" else "all the time there is"
    heads = ["Group", "Std homes", "ToU homes", "Standard", "Time of use", "Difference"]
    return (
        picture(found.plots.get(TARIFFS), "Mean kWh per half hour on either tariff, a line a group")
        + table(heads, lines, f"Mean kWh per half hour over all readings, {when}")
        + paragraph(
            "These are differences between homes that chose their tariff, and no effect of it.",
            "The two tariffs do not have the same shares of the Acorn groups, so the difference over all"
            " homes can lie outside of those of every group; in the <em>same mix</em>, groups with homes on"
            " both tariffs count by their time-of-use readings on either.",
            kind="note",
        )
    )


def _profiles(found: Stored) -> str:
    if not found.tables[TARIFF_PROFILE]:
        return ""
    return (
        heading("Over the day, in 2013")
        + picture(found.plots.get(TARIFF_PROFILE), "Mean kWh per half hour over the day, a line a tariff")
        + paragraph(
            "Bands are 95\u202f% intervals over homes. Homes chose their tariff, and the two sets of homes"
            " are not of the same groups, so the lines also differ by what these homes are like.",
            kind="note",
        )
    )


def _differences(found: Stored) -> str:
    known = [row for row in found.tables[EFFECT] if row["effect_kwh"] is not None]
    if not known:
        return paragraph("No group has homes on both tariffs in 2013.", kind="note")
    body = (
        heading("A household counts once")
        + paragraph(
            "Readings of a household are not independent, so each household is one observation here.",
            "Homes are compared within their Acorn group; the first row is the mean of the groups'"
            " differences, weighted by their time-of-use homes.",
            "<em>Difference in 2013</em> holds what the choosers of a tariff were like before.",
            "<em>Difference in differences</em> compares how far homes changed, month by month, over those"
            " months of the year of which they cover 80\u202f% in both years, three at least; it is the"
            " tariff's effect as far as homes on both tariffs would have changed alike without it.",
        )
        + picture(found.plots.get(EFFECT), "Differences in per cent with 95 % intervals")
    )
    for method, words in METHODS.items():
        if mine := [row for row in known if row["method"] == method]:
            body += _table(words, mine)
        else:
            body += paragraph(f"{words}: no homes on both tariffs cover three months in both years.")
    return body


def _table(caption: str, rows: list[dict]) -> str:
    lines = [
        [
            group_name(row["acorn_group"]),
            f"{text(row['std_households'])} / {text(row['tou_households'])}",
            f"{number(row['std_months'], 1)} / {number(row['tou_months'], 1)}",
            *(number(row["effect_kwh"], 4, sign=True), interval(row, "kwh", 4)),
            *(number(row["effect_percent"], 1, "%", sign=True), interval(row, "percent", 1)),
        ]
        for row in in_order(rows)
    ]
    heads = ["Group", "Std / ToU homes", "Months a home", "kWh per half hour", "95 % interval"]
    heads += ["Per cent", "95 % interval"]
    return table(heads, lines, f"{caption}: time of use less standard, with Welch's interval")


def _attendance(found: Stored) -> str:
    rows = {(row["month"], row["tariff"]): row for row in found.tables[ATTENDANCE]}
    names = ("households", "joined", "departed")
    lines = [
        [
            month,
            *(
                text(rows.get((month, tariff), {}).get(name, 0))
                for tariff in ("Std", "ToU")
                for name in names
            ),
        ]
        for month in sorted({month for month, _ in rows})
    ]
    heads = ["Month", "Std homes", "joined", "left", "ToU homes", "joined", "left"]
    departed = {
        tariff: sum(row["departed"] for (_, name), row in rows.items() if name == tariff)
        for tariff in ("Std", "ToU")
    }
    said = (
        f"{text(departed['Std'])} standard and {text(departed['ToU'])} time-of-use homes left before the end."
    )
    return heading("Who joined and left when") + paragraph(said) + details("By month", table(heads, lines))
