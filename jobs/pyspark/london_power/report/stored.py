"""What the other jobs have left in the lake."""

import io
from dataclasses import dataclass

from pyarrow import parquet

from ..common.answers import (
    ATTENDANCE,
    BILL_EFFECT,
    COVERAGE,
    EFFECT,
    LOAD_DURATION,
    MONTHLY,
    MONTHLY_INTERVALS,
    PEAK_DEMAND,
    PRICE_RESPONSE,
    PROFILE,
    QUALITY,
    TARIFF_PROFILE,
    TARIFFS,
)
from ..common.figures import read_figures
from ..common.lake import Lake

QUESTIONS = [
    *(MONTHLY, MONTHLY_INTERVALS, PROFILE, PEAK_DEMAND, LOAD_DURATION),
    *(TARIFFS, TARIFF_PROFILE, EFFECT, ATTENDANCE, QUALITY, COVERAGE),
    *(PRICE_RESPONSE, BILL_EFFECT),
]
JOBS = ["ingest", "load", "analyze", "train"]


@dataclass(frozen=True)
class Stored:
    """`tables` are rows by question; `plots` pictures by name, as SVG or PNG; `runs` what each job says of
    its run (figures.write_figures), those that have.
    """

    tables: dict[str, list[dict]]
    plots: dict[str, bytes]
    runs: dict[str, dict]

    def metrics(self, job: str) -> dict:
        """A job's metrics; empty where it has left none."""
        return self.runs.get(job, {}).get("metrics", {})


def stored(lake: Lake) -> Stored:
    """Reads it all. Raises JobError where an answer of analyze is missing."""
    runs = {job: figures for job in JOBS if (figures := read_figures(lake, job))}
    plots = {
        entry.uri.rsplit("/", 1)[-1].removesuffix(".svg"): content
        for entry in lake.files.glob(f"{lake.path('plots')}/*.svg")
        if (content := lake.files.read(entry.uri))
    }
    found = Stored({question: _rows(lake, question) for question in QUESTIONS}, plots, runs)
    for name, metric in (("residuals", "residual_plot"), ("segments", "segment_plot")):
        uri = found.metrics("train").get(metric)
        if uri and (picture := lake.files.read(uri)):
            plots[name] = picture
    return found


def _rows(lake: Lake, question: str) -> list[dict]:
    """By Arrow and not by Spark, which takes a second for each of these small files."""
    rows: list[dict] = []
    for entry in lake.files.glob(f"{lake.path(f'results/{question}')}/*.parquet"):
        rows += parquet.read_table(io.BytesIO(lake.files.read(entry.uri) or b"")).to_pylist()
    return rows
