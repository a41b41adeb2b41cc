"""The plot of the load profile."""

from matplotlib import pyplot

from ..common.answers import SEASONS
from ..common.schema import ACORN_GROUPS
from .plots import STYLE, save


def profile(rows: list[dict]) -> dict[str, bytes]:
    """Rows of load_profile → load_profile.png and .svg: mean kWh per half hour over the day, a panel for each
    season that there is, a line for each Acorn group.
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
        homes = sum({row["acorn_group"]: row["households"] for row in mine}.values())
        readings = sum(row["readings"] for row in mine)
        panel.set_title(
            f"{season.capitalize()} (n = {readings:,} readings of {homes:,} homes)", fontsize=10.5
        )
        panel.set_xticks(range(0, 25, 3))
        panel.set_xlim(0, 24)
        panel.set_ylim(bottom=0)
        panel.grid(alpha=0.3)
        panel.tick_params(labelbottom=True)
    figure.suptitle("Load profile: electricity use over the day", x=0.01, ha="left", fontweight="bold")
    figure.supxlabel("London's time of day, h", fontsize=11)
    figure.supylabel("Mean kWh per half hour", fontsize=11)
    handles = {
        label: line
        for panel in axes.flat
        for line, label in zip(*panel.get_legend_handles_labels(), strict=True)
    }
    figure.legend(handles.values(), handles.keys(), frameon=False, loc="outside right upper")
    return save(figure, "load_profile")
