"""The plot of use around events of the price."""

from matplotlib import pyplot

from ..common.answers import ALL_HOMES
from .plots import save

_COLORS = {"High": "#D55E00", "Low": "#0072B2"}
_DURING, _AFTER = 7, 6  # steps that are drawn; a gap parts the end of the events from their beginning


def events(rows: list[dict]) -> dict[str, bytes]:
    """Rows of price_response → price_response.png and .svg: the response by half hour before, during and
    after an event, with its 95 % interval; nothing without a schedule of prices.
    """
    shown = [
        row
        for row in rows
        if row["step"] is not None and row["acorn_group"] == ALL_HOMES and row["effect_percent"] is not None
    ]
    if not shown:
        return {}
    figure, axes = pyplot.subplots(figsize=(9, 4), layout="constrained")
    for price, color in _COLORS.items():
        mine = sorted((_place(row), row) for row in shown if row["price"] == price)
        if not mine:
            continue
        for part in ("before", "during", "after"):
            some = [(at, row) for at, row in mine if row["part"] == part]
            at = [place for place, _ in some]
            label = f"{price} price" if part == "during" else None
            axes.plot(
                at,
                [row["effect_percent"] for _, row in some],
                color=color,
                marker="o",
                markersize=4,
                label=label,
            )
            if all(row["low_percent"] is not None for _, row in some):
                low, high = ([row[f"{bound}_percent"] for _, row in some] for bound in ("low", "high"))
                axes.fill_between(at, low, high, color=color, alpha=0.15, linewidth=0)
    axes.axhline(0, color="#555555", linewidth=1, zorder=0)
    axes.axvspan(-0.5, _DURING - 0.5, color="#888888", alpha=0.12, linewidth=0, zorder=0)
    places = [*range(-6, _DURING), *range(_DURING + 1, _DURING + 1 + _AFTER)]
    names = [f"{n / 2:g}" for n in range(-6, 6)] + ["3+"] + [f"+{n / 2:g}" for n in range(_AFTER)]
    axes.set_xticks(places, names)
    axes.set_title("Response of time-of-use homes to the price")
    axes.set_xlabel("hours from the start of an event (on grey: during it), then from its end")
    axes.set_ylabel("% of use without the event, 95 % interval")
    axes.grid(axis="y", alpha=0.3)
    figure.legend(frameon=False, loc="outside lower center", ncols=2)
    return save(figure, "price_response")


def _place(row: dict) -> int:
    return row["step"] + (_DURING + 1 if row["part"] == "after" else 0)
