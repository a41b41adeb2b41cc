"""The section of the prices: how homes on the time-of-use tariff respond to them, and what they change of the
bill.
"""

from ..common.answers import ALL_HOMES, BILL_EFFECT, PRICE_RESPONSE, STANDARD_PENCE, group_name
from .analysis import in_order
from .markup import Section, heading, interval, number, paragraph, picture, table, text
from .stored import Stored

_PARTS = {
    "before": "three hours before",
    "during": "during",
    "after": "three hours after",
    "placebo": "same hours a week later (placebo)",
}


def sections(found: Stored) -> list[Section]:
    return [Section("prices", "Response to prices", _body(found))]


def _body(found: Stored) -> str:
    if not found.tables[PRICE_RESPONSE]:
        return paragraph(
            "No schedule of prices was given, so there is no answer on high and low prices.",
            "The setting <code>london-power:prices</code> names a CSV file with the price of each half hour.",
            kind="note",
        )
    return _responses(found) + _bills(found)


def _responses(found: Stored) -> str:
    rows = [row for row in found.tables[PRICE_RESPONSE] if row["step"] is None]
    lines = [
        [
            f"{row['price']} price, {_PARTS[row['part']]}",
            group_name(row["acorn_group"]),
            text(row["half_hours"]),
            f"{text(row['std_households'])} / {text(row['tou_households'])}",
            *(number(row["effect_percent"], 1, "%", sign=True), interval(row, "percent", 1)),
            *(number(row["effect_kw"], 3, sign=True), interval(row, "kw", 3)),
            *(number(row["effect_kwh"], 1, sign=True), interval(row, "kwh", 1)),
        ]
        for price in ("High", "Low")
        for part in _PARTS
        for row in in_order([row for row in rows if (row["price"], row["part"]) == (price, part)])
        if row["acorn_group"] == ALL_HOMES or part == "during"
    ]
    heads = ["Half hours", "Group", "How many", "Std / ToU homes", "Per cent", "95 % interval"]
    heads += ["kW a home", "95 % interval", "kWh a home, in all", "95 % interval"]
    return (
        picture(found.plots.get(PRICE_RESPONSE), "Response in per cent by half hour around an event")
        + paragraph(
            "The difference of the two tariffs' homes of the same Acorn group in the logarithm of their use"
            " at these half hours, against their use at usual ones; a household is one observation. Time of"
            " day, season and weather are the same for both and cancel.",
            "Before an event and at the placebo there should be no difference; where there is one, the"
            " others are in doubt, too.",
            "kW during high prices is the peak reduction; kWh after them and at low prices are what was"
            " shifted there.",
        )
        + table(heads, lines, "Time of use less standard, with Welch's interval")
    )


def _bills(found: Stored) -> str:
    lines = [
        [
            group_name(row["acorn_group"]),
            f"{text(row['std_households'])} / {text(row['tou_households'])}",
            *(number(row[f"{tariff}_mean_percent"], 1, "%", sign=True) for tariff in ("std", "tou")),
            *(number(row["effect_points"], 2, sign=True), interval(row, "points", 2)),
        ]
        for row in in_order(found.tables[BILL_EFFECT])
    ]
    heads = ["Group", "Std / ToU homes", "Standard homes", "Time-of-use homes", "Points", "95 % interval"]
    return (
        heading("What the prices change of the bill")
        + paragraph(
            "For the use that each home had: its cost at the schedule's prices against that on the standard"
            f" tariff, {STANDARD_PENCE} p/kWh, without standing charges. The lake's table"
            " <code>results/household_bills</code> has each home's.",
            kind="note",
        )
        + table(heads, lines, "Mean change of the bill, and time of use less standard")
    )
