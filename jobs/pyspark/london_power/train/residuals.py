"""A picture of a model's errors: where in the day it is wrong, and what it says against what came."""

import io

import matplotlib

matplotlib.use("Agg")  # no display where a driver runs
from matplotlib import pyplot
from matplotlib.figure import Figure
from pyspark.sql import DataFrame, Row
from pyspark.sql import functions as F

from .features import LABEL

_CELLS = 150  # along each axis; counted in Spark, so that no row comes to the driver


def residual_plot(rows: DataFrame, prediction: str) -> bytes:
    """A PNG of the residuals (read minus predicted, kWh a half hour) of a column of predictions."""
    residual = F.col(LABEL) - F.col(prediction)
    by_half_hour = (
        rows.groupBy("half_hour")
        .agg(
            F.avg(residual).alias("mean"),
            F.percentile_approx(residual, [0.05, 0.25, 0.75, 0.95]).alias("spread"),
        )
        .orderBy("half_hour")
        .collect()
    )
    reach = rows.agg(
        F.percentile_approx(LABEL, 0.995), F.percentile_approx(prediction, 0.995), F.count("*")
    ).first()
    limit = max(reach[0], reach[1], 0.001)
    cells = (
        rows.groupBy(*[F.floor(F.col(name) / limit * _CELLS).alias(name) for name in (LABEL, prediction)])
        .count()
        .where((F.col(LABEL) <= _CELLS) & F.col(prediction).between(0, _CELLS))
        .collect()
    )
    return _draw(prediction, by_half_hour, cells, limit, reach[2])


def _draw(model: str, by_half_hour: list[Row], cells: list[Row], limit: float, count: int) -> bytes:
    figure, (day, plane) = pyplot.subplots(1, 2, figsize=(12, 4.8), layout="constrained")
    figure.suptitle(f"Residuals of {model} on the test time (n = {count:,} half hours)", x=0.01, ha="left")
    hours = [row["half_hour"] / 2 for row in by_half_hour]
    for low, high, shade, label in ((0, 3, 0.2, "5 to 95 %"), (1, 2, 0.45, "middle half")):
        edges = [[row["spread"][at] for row in by_half_hour] for at in (low, high)]
        day.fill_between(hours, *edges, color="#0072B2", alpha=shade, linewidth=0, label=label)
    day.plot(hours, [row["mean"] for row in by_half_hour], color="#D55E00", linewidth=1.8, label="mean")
    day.axhline(0, color="#333333", linewidth=0.8)
    day.set_title("By time of day", loc="left")
    day.set_xlabel("Hour of the day")
    day.set_xticks(range(0, 25, 3))
    day.set_ylabel("Read minus predicted, kWh a half hour")
    day.legend(frameon=False)

    step = limit / _CELLS
    shown = plane.hexbin(
        *[[(row[name] + 0.5) * step for row in cells] for name in (model, LABEL)],
        C=[row["count"] for row in cells],
        reduce_C_function=sum,
        gridsize=40,
        bins="log",
        cmap="viridis",
        linewidths=0,
    )
    plane.plot([0, limit], [0, limit], color="#D55E00", linewidth=1.2, label="predicted = read")
    plane.set_title("Read against predicted", loc="left")
    plane.set_xlabel("Predicted, kWh a half hour")
    plane.set_ylabel("Read, kWh a half hour")
    plane.legend(frameon=False, loc="lower right")
    figure.colorbar(shown, ax=plane, label="Half hours")
    return _png(figure)


def _png(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=130, metadata={"Software": None})
    pyplot.close(figure)
    return buffer.getvalue()
