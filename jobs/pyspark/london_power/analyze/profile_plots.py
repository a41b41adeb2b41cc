"""The plots of the load profile and of the load-duration curve."""

from matplotlib import pyplot
from matplotlib.axes import Axes

from ..common.answers import ALL_HOMES, SEASONS, group_name
from ..common.schema import ACORN_GROUPS
from .plots import STYLE, TARIFF_STYLE, save

_ABOVE_LINES = 1.6  # where the plot ends: the band of two homes would leave the lines flat at the bottom


def profile(rows: list[dict]) -> dict[str, bytes]:
    """Rows of load_profile → load_profile.png and .svg: mean kWh per half hour over the day, a panel for each
    season that there is, a line for each Acorn group with its 95 % interval over homes as a band.
    """
    seasons = [season for season in SEASONS if any(row["season"] == season for row in rows)]
    columns = min(2, len(seasons))
    lines = -(-len(seasons) // columns)
    figure, axes = pyplot.subplots(
        *(lines, columns),
        figsize=(10, 1.2 + 3 * lines),
        sharex=True,
        sharey=True,
        squeeze=False,
        layout="constrained",
    )
    for panel in axes.flat[len(seasons) :]:
        panel.set_axis_off()
    for season, panel in zip(seasons, axes.flat, strict=False):
        mine = [row for row in rows if row["season"] == season]
        for group in ACORN_GROUPS:
            day = sorted((row["half_hour"], row["mean_kwh"]) for row in mine if row["acorn_group"] == group)
            if day:
                color, marker = STYLE[group]
                style = {"color": color, "marker": marker, "markevery": 6, "markersize": 5, "linewidth": 1.6}
                panel.plot([at / 2 for at, _ in day], [kwh for _, kwh in day], label=group, **style)
                _band(panel, [row for row in mine if row["acorn_group"] == group], color)
        most = {group: [row["households"] for row in mine if row["acorn_group"] == group] for group in STYLE}
        homes = sum(max(counts, default=0) for counts in most.values())
        readings = sum(row["readings"] for row in mine)
        panel.set_title(
            f"{season.capitalize()} (n = {readings:,} readings of {homes:,} homes)", fontsize=10.5
        )
        panel.set_xticks(range(0, 25, 3))
        panel.set_xlim(0, 24)
        panel.set_ylim(0, _ABOVE_LINES * max(row["mean_kwh"] for row in rows))
        panel.grid(alpha=0.3)
        panel.tick_params(labelbottom=True)
    figure.suptitle("Load profile: electricity use over the day", x=0.01, ha="left", fontweight="bold")
    figure.supxlabel("London's time of day, h; bands: 95 % interval over homes", fontsize=11)
    figure.supylabel("Mean kWh per half hour", fontsize=11)
    handles = {
        label: line
        for panel in axes.flat
        for line, label in zip(*panel.get_legend_handles_labels(), strict=True)
    }
    figure.legend(handles.values(), handles.keys(), frameon=False, loc="outside right upper")
    return save(figure, "load_profile")


def by_tariff(rows: list[dict]) -> dict[str, bytes]:
    """Rows of tariff_profile → tariff_profile.png and .svg: the same over the day in 2013, a line for each
    tariff; nothing where there is no reading of 2013.
    """
    if not rows:
        return {}
    figure, axes = pyplot.subplots(figsize=(9, 4.2), layout="constrained")
    for tariff, (name, color, marker, _) in TARIFF_STYLE.items():
        mine = sorted(
            (row for row in rows if row["tariff"].lower() == tariff), key=lambda row: row["half_hour"]
        )
        if mine:
            label = f"{name} ({max(row['households'] for row in mine):,} homes)"
            style = {"color": color, "marker": marker, "markevery": 6, "markersize": 5, "linewidth": 1.6}
            axes.plot([r["half_hour"] / 2 for r in mine], [r["mean_kwh"] for r in mine], label=label, **style)
            _band(axes, mine, color)
    axes.set_title("Electricity use over the day by tariff, 2013")
    axes.set_xlabel("London's time of day, h; bands: 95 % interval over homes")
    axes.set_ylabel("Mean kWh per half hour")
    axes.set_xticks(range(0, 25, 3))
    axes.set_xlim(0, 24)
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.3)
    axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return save(figure, "tariff_profile")


def _band(axes: Axes, rows: list[dict], color: str) -> None:
    """The interval of those half hours that have one."""
    known = sorted(
        (row["half_hour"] / 2, max(0.0, row["low_kwh"]), row["high_kwh"])
        for row in rows
        if row.get("low_kwh") is not None
    )
    if known:
        hours, low, high = (list(each) for each in zip(*known, strict=True))
        axes.fill_between(hours, low, high, color=color, alpha=0.12, linewidth=0)


def duration(rows: list[dict]) -> dict[str, bytes]:
    """Rows of load_duration → load_duration.png and .svg: kW a household over the share of the half hours, a
    line for each Acorn group and one for all.
    """
    figure, axes = pyplot.subplots(figsize=(9, 4.2), layout="constrained")
    for group in [ALL_HOMES, *ACORN_GROUPS]:
        mine = sorted(
            (row["percent"], row["kw"], row["households"]) for row in rows if row["acorn_group"] == group
        )
        if mine:
            color, marker = STYLE.get(group, ("#000000", None))
            label = f"{group_name(group)} ({mine[0][2]:,} at once)"
            axes.plot(
                *zip(*[each[:2] for each in mine], strict=True), color=color, marker=marker, label=label
            )
    axes.set_title("Load duration: demand that is reached in so many of the half hours")
    axes.set_xlabel("% of the half hours")
    axes.set_ylabel("kW per household")
    axes.set_xlim(0, 100)
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.3)
    axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return save(figure, "load_duration")
