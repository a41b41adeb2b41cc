"""Plots of the answers, as PNG and SVG.

Colours are of Okabe and Ito's palette (2008), which colour-blind readers can tell apart; markers tell the
lines apart in print.
"""

import io

import matplotlib

matplotlib.use("Agg")  # no display where a driver runs
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..common.answers import ALL_HOMES, ONE_MIX, group_name, period_of_tariffs
from ..common.schema import ACORN_GROUPS

STYLE = {
    "Affluent": ("#0072B2", "o"),
    "Comfortable": ("#009E73", "s"),
    "Adversity": ("#D55E00", "^"),
    "ACORN-U": ("#CC79A7", "D"),
    "ACORN-": ("#555555", "v"),
}
# The last is the size: the diamond lies on top, and a disc of the same value must show around it.
TARIFF_STYLE = {"std": ("Standard", "#0072B2", "o", 120), "tou": ("Time of use", "#E69F00", "D", 45)}

pyplot.rcParams.update(
    {
        "font.size": 11,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlelocation": "left",
        "axes.titleweight": "bold",
        "svg.hashsalt": "london-power",  # element names that do not change from run to run
    }
)


def monthly(rows: list[dict]) -> dict[str, bytes]:
    """Rows of monthly_intervals → monthly_by_acorn.png and .svg: kWh per household and day, a line for each
    Acorn group with its 95 % interval as a band; partial months on grey. Rows of monthly_by_acorn give the
    lines alone.
    """
    months = sorted({row["month"] for row in rows})
    figure, axes = pyplot.subplots(figsize=(max(9, 3.5 + 0.42 * len(months)), 4.6), layout="constrained")
    for group in ACORN_GROUPS:
        mine = {row["month"]: row for row in rows if row["acorn_group"] == group}
        if mine:
            color, marker = STYLE[group]
            homes = max(row["households"] for row in mine.values())
            values = [mine[m]["kwh_per_household_day"] if m in mine else float("nan") for m in months]
            label = f"{group} (up to {homes:,} households)" if homes > 1 else f"{group} (1 household)"
            axes.plot(months, values, color=color, marker=marker, linewidth=1.8, markersize=6, label=label)
            _band(axes, months, mine, color)
    for at in [n for n, month in enumerate(months) if _partial(month, rows)]:
        axes.axvspan(at - 0.5, at + 0.5, color="#EEEEEE", linewidth=0, zorder=0)
    readings = sum(row["readings"] for row in rows)
    axes.set_title(f"Electricity use by Acorn group, {months[0]} to {months[-1]}")
    intervals = any(row.get("low_kwh") is not None for row in rows)
    remarks = ["bands: 95 % interval over homes"] if intervals else []
    remarks += ["on grey: partial months"] if any(row.get("partial") for row in rows) else []
    label = f"Month (n = {readings:,} half-hourly readings)"
    axes.set_xlabel(f"{label}\n{'; '.join(remarks)}" if remarks else label)
    axes.set_ylabel("kWh per household and day")
    axes.set_ylim(bottom=0)
    axes.grid(axis="y", alpha=0.3)
    axes.tick_params(axis="x", rotation=45 if len(months) > 8 else 0)
    axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return save(figure, "monthly_by_acorn")


def _band(axes: Axes, months: list[str], mine: dict[str, dict], color: str) -> None:
    ends = [
        [mine[month].get(name) if month in mine else None for month in months]
        for name in ("low_kwh", "high_kwh")
    ]
    if any(value is not None for value in ends[0]):
        low, high = ([float("nan") if value is None else value for value in end] for end in ends)
        axes.fill_between(months, low, high, color=color, alpha=0.12, linewidth=0)


def _partial(month: str, rows: list[dict]) -> bool:
    return any(row.get("partial") for row in rows if row["month"] == month)


def tariffs(rows: list[dict]) -> dict[str, bytes]:
    """Rows of std_vs_tou → std_vs_tou.png and .svg: mean kWh per half hour on either tariff, a line for each
    group.

    Shows the trial year where there is one, else all the time there is.
    """
    period = period_of_tariffs(rows)
    by_group = {row["acorn_group"]: row for row in rows if row["period"] == period}
    shown = [by_group[group] for group in [ALL_HOMES, ONE_MIX, *ACORN_GROUPS] if group in by_group][::-1]
    figure, axes = pyplot.subplots(figsize=(9, 1.9 + 0.62 * len(shown)), layout="constrained")
    for at, row in enumerate(shown):
        ends = [row[f"{tariff}_mean_kwh"] for tariff in TARIFF_STYLE if row[f"{tariff}_mean_kwh"] is not None]
        axes.plot(ends, [at] * len(ends), color="#999999", linewidth=2.5, zorder=1)
        if row["difference_percent"] is not None:
            percent = f"{row['difference_percent']:+.1f} %".replace("-", "\u2212")
            axes.annotate(percent, (max(ends), at), (12, -4), textcoords="offset points")
    for tariff, (label, color, marker, size) in TARIFF_STYLE.items():
        points = [
            (row[f"{tariff}_mean_kwh"], at) for at, row in enumerate(shown) if row[f"{tariff}_readings"]
        ]
        if points:
            axes.scatter(
                *zip(*points, strict=True), color=color, marker=marker, s=size, label=label, zorder=2
            )
    axes.set_yticks(range(len(shown)), [_group_label(row) for row in shown])
    axes.set_ylim(-0.6, len(shown) - 0.4)
    axes.set_xlim(left=0)
    axes.margins(x=0.12)
    when = "the trial year 2013" if period == "trial" else "all the time"
    axes.set_title(f"Standard against time-of-use tariff, {when}")
    count = sum(by_group[ALL_HOMES][f"{tariff}_readings"] for tariff in TARIFF_STYLE)
    axes.set_xlabel(
        f"Mean kWh per half hour; per cent: time of use relative to standard (n = {count:,} readings)"
    )
    axes.grid(axis="x", alpha=0.3)
    axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return save(figure, "std_vs_tou")


def _group_label(row: dict) -> str:
    homes = f"{row['std_households']:,} Std, {row['tou_households']:,} ToU homes"
    return f"{group_name(row['acorn_group'])}\n{homes}"


def save(figure: Figure, name: str) -> dict[str, bytes]:
    files = {}
    for kind, metadata in (
        ("png", {"Software": None}),
        ("svg", {"Date": None}),
    ):  # the same picture, the same bytes
        buffer = io.BytesIO()
        figure.savefig(buffer, format=kind, dpi=150, metadata=metadata)
        files[f"{name}.{kind}"] = buffer.getvalue()
    pyplot.close(figure)
    return files
