"""The report job: one self-contained page of what ingest, load, analyze and train have left in the lake."""

from ..common.job import Job
from ..common.lake import Lake
from . import analysis, data, models, page, prices, runs, segments, tariffs
from .stored import Stored, stored


def report(job: Job) -> dict:
    """Writes <lake>/report/…/report.html; returns its path as `report`, and its `bytes`.

    Nothing is computed: no Spark job runs. Raises JobError where analyze has not run on this lake; what the
    other jobs would say is left out where they have not.
    """
    lake = Lake(job.spark, job.arguments.lake)
    job.stage("read the results")
    found = stored(lake)
    job.stage("write the report")
    content = render(found, job.arguments.run).encode()
    folder = lake.write_files("report", job.arguments.run, {"report.html": content})
    return {"report": f"{folder}/report.html", "bytes": len(content)}


def render(found: Stored, run: str) -> str:
    """The page as HTML."""
    sections = [
        *analysis.sections(found),
        *tariffs.sections(found),
        *prices.sections(found),
        *segments.sections(found),
        *models.sections(found),
        *data.sections(found),
        runs.section(found, run),
    ]
    return page.page(data.title(found), data.subtitle(found), data.headlines(found), sections)
