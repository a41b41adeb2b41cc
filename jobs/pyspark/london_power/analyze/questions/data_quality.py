"""household_coverage in sum, by Acorn group; "all" stands for every group. lowest_coverage_percent is that
of one household; complete_households have 99 % or more.
"""

from ...common.answers import QUALITY
from ..question import Question
from .household_coverage import TEXT as HOUSEHOLDS

DATA_QUALITY = Question(
    name=QUALITY,
    text=f"""
SELECT coalesce(acorn_group, 'all') AS acorn_group, count(*) AS households,
       min(first_day) AS first_day, max(last_day) AS last_day,
       sum(readings) AS readings, sum(missing) AS missing, sum(expected) AS expected,
       sum(days_incomplete) AS days_incomplete, sum(gaps) AS gaps,
       100 * sum(readings) / CAST(sum(expected) AS DOUBLE) AS coverage_percent,
       min(coverage_percent) AS lowest_coverage_percent,
       sum(CASE WHEN coverage_percent >= 99 THEN 1 ELSE 0 END) AS complete_households,
       max(longest_gap_days) AS longest_gap_days
FROM ({HOUSEHOLDS})
GROUP BY CUBE (acorn_group)
""",
    order=["acorn_group <> 'all'", "acorn_group"],
    units={"coverage_percent": "%", "lowest_coverage_percent": "%", "longest_gap_days": "d"},
)
