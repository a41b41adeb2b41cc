"""The section of the customer segments: homes whose days have about the same shape."""

from ..common.schema import ACORN_GROUPS
from .analysis import clock
from .markup import Section, number, paragraph, picture, table, text
from .stored import Stored


def sections(found: Stored) -> list[Section]:
    """None where the job train has not run."""
    segments = found.metrics("train").get("segments")
    if not segments:
        return []
    if "skipped" in segments:
        body = paragraph(f"Skipped: {text(segments['skipped'])}.", kind="note")
    else:
        body = _segments(found, segments)
    return [Section("segments", "Customer segments", body)]


def _segments(found: Stored, segments: dict) -> str:
    of_groups = [
        group for group in ACORN_GROUPS if any(group in each["groups"] for each in segments["segments"])
    ]
    lines = [
        [
            text(n),
            text(each["households"]),
            number(each["kwh_per_household_day"], 2),
            clock(max(range(len(each["shape"])), key=each["shape"].__getitem__)),
            number(max(each["shape"]), 2),
            *(number(100 * each["groups"].get(group, 0), 0, "%") for group in of_groups),
        ]
        for n, each in enumerate(segments["segments"], 1)
    ]
    return (
        picture(found.plots.get("segments"), "The shape of the mean day, a line for each segment")
        + table(
            ["Segment", "Homes", "kWh a day", "Peak at", "Peak against mean", *of_groups],
            lines,
            "Segments by the shape of the mean day, with the share of each Acorn group",
        )
        + paragraph(
            "Each home's mean day is divided by its own mean, so that only its shape counts; k-means parts"
            f" the homes, and the variance ratio says into how many. {text(segments['left_out'])} homes with"
            " few days are left out. The lake's table <code>results/segments</code> has each home's segment.",
            kind="note",
        )
    )
