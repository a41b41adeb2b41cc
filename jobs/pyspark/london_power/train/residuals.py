"""A picture of a model's errors: where in the day it is wrong, and what it says against what came."""

import io

import matplotlib

matplotlib.use("Agg")  # no display where a driver runs
import numpy as np
from matplotlib import pyplot
from matplotlib.figure import Figure

from .scan import HALF_HOURS


def residual_plot(model: str, half_hour: np.ndarray, kwh: np.ndarray, predicted: np.ndarray) -> bytes:
    """A PNG of the residuals (read minus predicted, kWh a half hour); the arrays have an item for each
    row.
    """
    figure, (day, plane) = pyplot.subplots(1, 2, figsize=(12, 4.8), layout="constrained")
    figure.suptitle(f"Residuals of {model} on the test time (n = {len(kwh):,} half hours)", x=0.01, ha="left")
    residual = kwh - predicted
    parts = [residual[half_hour == n] for n in range(HALF_HOURS)]
    shown = [n for n, part in enumerate(parts) if len(part)]
    edges = np.array([np.percentile(parts[n], [5, 25, 75, 95]) for n in shown]).T
    hours = [n / 2 for n in shown]
    for low, high, shade, label in ((0, 3, 0.2, "5 to 95 %"), (1, 2, 0.45, "middle half")):
        day.fill_between(
            hours, edges[low], edges[high], color="#0072B2", alpha=shade, linewidth=0, label=label
        )
    day.plot(hours, [parts[n].mean() for n in shown], color="#D55E00", linewidth=1.8, label="mean")
    day.axhline(0, color="#333333", linewidth=0.8)
    day.set_title("By time of day", loc="left")
    day.set_xlabel("Hour of the day")
    day.set_xticks(range(0, 25, 3))
    day.set_ylabel("Read minus predicted, kWh a half hour")
    day.legend(frameon=False)

    limit = max(*(float(np.quantile(each, 0.995)) for each in (kwh, predicted)), 0.001)
    inside = (kwh <= limit) & (predicted >= 0) & (predicted <= limit)
    cells = plane.hexbin(
        predicted[inside], kwh[inside], gridsize=40, bins="log", cmap="viridis", linewidths=0, mincnt=1
    )
    plane.plot([0, limit], [0, limit], color="#D55E00", linewidth=1.2, label="predicted = read")
    plane.set_title("Read against predicted", loc="left")
    plane.set_xlabel("Predicted, kWh a half hour")
    plane.set_ylabel("Read, kWh a half hour")
    plane.legend(frameon=False, loc="lower right")
    figure.colorbar(cells, ax=plane, label="Half hours")
    return png(figure)


def png(figure: Figure) -> bytes:
    """The same picture gives the same bytes."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=130, metadata={"Software": None})
    pyplot.close(figure)
    return buffer.getvalue()
