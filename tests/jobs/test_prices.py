"""The schedule of prices, and the answers to it from tables made by hand."""

from math import exp, log

import numpy as np
import pyarrow as pa
import pytest
from london_power.analyze import prices
from london_power.analyze.prices import CELLS, NONE, schedule_of
from london_power.analyze.question import Questions
from london_power.analyze.questions import PRICED
from london_power.common.errors import JobError
from london_power.common.prices import prices_of

DAY = 48


def test_each_half_hour_is_in_one_cell():
    bands = np.full(10 * DAY, "Normal")
    bands[0] = ""
    bands[100:108] = "High"
    bands[110:112] = "Low"
    found = [CELLS[cell] for cell in prices.cells_of_bands(bands)[1:]]
    assert prices.cells_of_bands(bands)[0] == NONE
    found = [None, *found]
    assert found[93] == ("Normal", "usual", None)
    assert found[94:100] == [("High", "before", step) for step in range(-6, 0)]
    assert found[100:108] == [("High", "during", step) for step in (0, 1, 2, 3, 4, 5, 6, 6)]
    # After the high price, with a low one in between.
    assert found[108:110] == [("High", "after", step) for step in (0, 1)]
    assert found[110:112] == [("Low", "during", step) for step in (0, 1)]
    assert found[112:114] == [("High", "after", step) for step in (4, 5)]
    assert found[114:118] == [("Low", "after", step) for step in (2, 3, 4, 5)]
    week = 7 * DAY
    assert found[100 + week : 108 + week] == [("High", "placebo", None)] * 8
    assert found[110 + week : 112 + week] == [("Low", "placebo", None)] * 2
    assert set(found[118 : 100 + week]) == {("Normal", "usual", None)}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["Time,Price"], r"^f has another header: expected TariffDateTime,Tariff; found Time,Price$"),
        (["TariffDateTime,Tariff"], "^f has no price below its header$"),
        (["TariffDateTime,Tariff", "01/01/2013 00:30,High"], "^f, line 2: '01/01/2013 00:30' is no time"),
        (
            ["TariffDateTime,Tariff", "2013-01-01 00:10,High"],
            "line 2: 2013-01-01 00:10 is not the start of a",
        ),
        (
            ["TariffDateTime,Tariff", "", "2013-01-01 00:30,Peak"],
            "line 3: 'Peak' is none of High, Normal, Low",
        ),
        (["TariffDateTime,Tariff", *["2013-01-01 00:30,High"] * 2], "line 3: .* repeats a half hour"),
    ],
)
def test_what_is_no_schedule_is_refused_with_its_line(rows, message):
    with pytest.raises(JobError, match=message):
        prices_of("\n".join(rows), "f")


def answers(homes: dict[str, tuple[str, dict[str, float]]]) -> dict[str, list[dict]]:
    """Household → tariff and mean kWh by part of the high price: the answers, for a day of each."""
    bands = np.full(20 * DAY, "Normal")
    bands[2 * DAY : 2 * DAY + 6] = "High"
    rows = [f"2013-01-{1 + at // DAY:02d} {at % DAY // 2:02d}:{at % 2 * 30:02d}" for at in range(len(bands))]
    text = "\n".join(
        ["TariffDateTime,Tariff", *(f"{row},{band}" for row, band in zip(rows, bands, strict=True))]
    )
    schedule = schedule_of(prices_of(text, "f"))
    counts = schedule.steps().column("half_hours").to_pylist()
    cells = [
        {
            **{
                "household": home,
                "acorn_group": "Affluent",
                "tariff": tariff,
                "cell": cell,
                "readings": counts[cell],
            },
            "micro_kwh": round(
                1e6 * kwh.get(part if price != "Low" else "usual", kwh["usual"]) * counts[cell]
            ),
        }
        for home, (tariff, kwh) in homes.items()
        for cell, (price, part, _) in enumerate(CELLS)
        if counts[cell]
    ]
    names = ["household", "acorn_group", "tariff", "cell", "micro_kwh", "readings"]
    kinds = [pa.string()] * 3 + [pa.int64()] * 3
    tables = {
        "price_cells": pa.Table.from_pylist(cells, pa.schema(list(zip(names, kinds, strict=True)))),
        "price_steps": schedule.steps(),
    }
    database = Questions(tables, lambda degrees: 2.0)
    return {question.name: database.ask(question).to_pylist() for question in PRICED}


def test_a_response_is_the_difference_of_logarithms_and_a_household_counts_once():
    found = answers(
        {
            "MAC000002": ("Std", {"usual": 0.2, "during": 0.4}),
            "MAC000003": ("Std", {"usual": 0.5, "during": 1.0}),
            "MAC000004": ("ToU", {"usual": 0.4, "during": 0.4}),
            "MAC000005": ("ToU", {"usual": 0.1, "during": 0.2}),
        }
    )
    row = next(
        row
        for row in found["price_response"]
        if (row["price"], row["part"], row["step"], row["acorn_group"]) == ("High", "during", None, "all")
    )
    # Standard homes use twice as much; of the others one does, and one does not.
    effect = (log(2) + log(1)) / 2 - log(2)
    error = (log(2) ** 2 / 2 / 2) ** 0.5
    assert row["effect_percent"] == pytest.approx(100 * (exp(effect) - 1), abs=1e-5)
    assert row["high_percent"] == pytest.approx(100 * (exp(effect + 2 * error) - 1), abs=1e-5)
    assert (row["std_households"], row["tou_households"], row["half_hours"]) == (2, 2, 6)
    level = (0.4 + 0.2) / 2
    assert row["effect_kw"] == pytest.approx(2 * level * (1 - exp(-effect)), abs=1e-5)
    assert row["effect_kwh"] == pytest.approx(6 * level * (1 - exp(-effect)), abs=1e-5)
    placebo = [
        row for row in found["price_response"] if row["part"] == "placebo" and row["acorn_group"] == "all"
    ]
    assert [row["effect_percent"] for row in placebo] == [0]

    bills = {row["household"]: row for row in found["household_bills"]}
    pounds = (0.4 * 6 * 67.20 + 0.2 * (20 * DAY - 6) * 11.76) / 100
    assert bills["MAC000002"]["dynamic_pounds"] == pytest.approx(pounds, abs=1e-5)
    assert bills["MAC000002"]["standard_pounds"] == pytest.approx(
        bills["MAC000002"]["kwh"] * 0.14228, abs=1e-5
    )
    percent = {home: row["difference_percent"] for home, row in bills.items()}
    whole = next(row for row in found["bill_effect"] if row["acorn_group"] == "all")
    difference = (
        percent["MAC000004"] + percent["MAC000005"] - percent["MAC000002"] - percent["MAC000003"]
    ) / 2
    assert whole["effect_points"] == pytest.approx(difference, abs=1e-5) and difference < 0


def test_without_a_schedule_there_is_no_row():
    assert not any(answers({}).values())
