"""How complete a household's readings are. Expected are the half hours from its first row to its last."""

from ...common.answers import COVERAGE
from ..question import Question

# Shared with data_quality, which sums it up.
TEXT = """
SELECT household, acorn_group, tariff, first_day, last_day, readings, missing,
       expected, 100 * readings / CAST(expected AS DOUBLE) AS coverage_percent,
       days_incomplete, gaps, longest_gap_days
FROM household_coverage
"""

HOUSEHOLD_COVERAGE = Question(
    name=COVERAGE,
    text=TEXT,
    order=["household"],
    units={"coverage_percent": "%", "longest_gap_days": "d"},
    shown=False,
    stored=False,
)
