"""A picture of customer segments: the shape of each one's mean day."""

from matplotlib import pyplot

from .residuals import png

_COLORS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#555555"]  # Okabe and Ito, as all plots
_MARKERS = "os^Dv*"


def segment_plot(segments: list[dict]) -> bytes:
    """A PNG; a line for each of segments.Segments.found."""
    figure, axes = pyplot.subplots(figsize=(9, 4.6), layout="constrained")
    for n, each in enumerate(segments):
        hours = [at / 2 for at in range(len(each["shape"]))]
        homes = "1 home" if each["households"] == 1 else f"{each['households']:,} homes"
        style = {"color": _COLORS[n], "marker": _MARKERS[n], "markevery": 6, "markersize": 5}
        axes.plot(hours, each["shape"], label=f"{n + 1}: {homes}", linewidth=1.8, **style)
    axes.axhline(1, color="#555555", linewidth=0.8, zorder=0)
    axes.set_title("Customer segments: the shape of the mean day", loc="left", fontweight="bold")
    axes.set_xlabel("London's time of day, h")
    axes.set_xticks(range(0, 25, 3))
    axes.set_ylabel("Use against the home's own mean")
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.3)
    figure.legend(frameon=False, loc="outside right upper")
    return png(figure)
