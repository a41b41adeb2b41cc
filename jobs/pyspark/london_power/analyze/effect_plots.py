"""The plot of how far the tariffs' homes lie apart."""

from matplotlib import pyplot

from ..common.answers import ALL_HOMES, METHODS
from ..common.schema import ACORN_GROUPS
from .plots import save

_METHOD_STYLE = {"trial_year": ("#0072B2", "o"), "change_from_2012": ("#D55E00", "s")}
# How many homes a point is of, above it and before the lines.
_BESIDE = {
    **{"xytext": (0, 6), "textcoords": "offset points", "ha": "center", "fontsize": 8},
    "bbox": {"facecolor": "white", "edgecolor": "none", "pad": 0.5},
}


def effect(rows: list[dict]) -> dict[str, bytes]:
    """Rows of tariff_effect → tariff_effect.png and .svg: the difference in per cent with its 95 % interval,
    a line for each Acorn group and method; nothing where no group has homes on both tariffs.
    """
    shown = {(row["acorn_group"], row["method"]): row for row in rows if row["effect_percent"] is not None}
    groups = [group for group in [ALL_HOMES, *ACORN_GROUPS] if any(group == name for name, _ in shown)][::-1]
    if not groups:
        return {}
    figure, axes = pyplot.subplots(figsize=(9, 1.9 + 0.75 * len(groups)), layout="constrained")
    for (method, label), offset in zip(METHODS.items(), (0.13, -0.13), strict=True):
        points = [
            (at + offset, shown[group, method]) for at, group in enumerate(groups) if (group, method) in shown
        ]
        color, marker = _METHOD_STYLE[method]
        for at, row in points:
            if row["low_percent"] is not None:
                axes.plot([row["low_percent"], row["high_percent"]], [at, at], color=color, linewidth=2)
            homes = f"{row['std_households']:,} Std, {row['tou_households']:,} ToU"
            axes.annotate(homes, (row["effect_percent"], at), **_BESIDE)
        if points:
            values = [row["effect_percent"] for _, row in points]
            axes.scatter(
                values, [at for at, _ in points], color=color, marker=marker, s=45, label=label, zorder=2
            )
    axes.axvline(0, color="#555555", linewidth=1, zorder=0)
    axes.set_yticks(
        range(len(groups)), ["All, within groups" if group == ALL_HOMES else group for group in groups]
    )
    axes.set_ylim(-0.6, len(groups) - 0.4)
    axes.set_title("Time of use less standard, homes of the same Acorn group")
    axes.set_xlabel("% of the time-of-use homes' use less the difference, with 95 % interval; homes above")
    axes.grid(axis="x", alpha=0.3)
    figure.legend(frameon=False, loc="outside lower center", ncols=2)
    return save(figure, "tariff_effect")
