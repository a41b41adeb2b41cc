"""The section of the runs: what each job did, how fast, and with what."""

from .markup import Html, Section, number, paragraph, table, text
from .stored import Stored

# The metric that counts a job's rows.
_ROWS = {"ingest": "rows_read", "load": "rows_written"}


def section(found: Stored, run: str) -> Section:
    lines = []
    for job, figures in found.runs.items():
        metrics = found.metrics(job)
        rows, seconds = metrics.get(_ROWS.get(job, "")), figures.get("seconds")
        lines.append(
            [
                job,
                Html(f"<code>{text(figures.get('run'))}</code>"),
                text(figures.get("began", "–").replace("T", " ").replace("+00:00", " UTC")),
                number(seconds, 1),
                text(rows),
                text(round(rows / seconds)) if rows and seconds else "–",
            ]
        )
    versions: dict[str, str] = {}
    for figures in found.runs.values():
        versions |= figures.get("versions", {})
    held = found.metrics("load").get("documents")
    what = {"daily": "sums by household and day", "raw": "single readings"}.get(held or "")
    loaded = found.metrics("load").get("rows_loaded")
    body = table(["Job", "Run", "Began", "Seconds", "Rows", "Rows a second"], lines)
    if what:
        body += paragraph(f"MongoDB holds {text(loaded)} documents: {what}.")
    body += paragraph(
        "Seconds are those of the work, without the start of Spark. Made by run",
        f"<code>{text(run)}</code> with {', '.join(f'{text(n)} {text(v)}' for n, v in versions.items())}.",
        kind="note",
    )
    return Section("runs", "Runs", body)
