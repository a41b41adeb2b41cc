"""Who joined and who left when, by tariff: homes with a reading in the month, those whose first row is in it,
and those whose last is, although the data go on for more than a day.
"""

from ...common.answers import ATTENDANCE
from ..question import Question

HOUSEHOLDS_BY_MONTH = Question(
    name=ATTENDANCE,
    text="""
WITH spans AS (
  SELECT tariff, substr(CAST(first_day AS STRING), 1, 7) AS first_month,
         substr(CAST(last_day AS STRING), 1, 7) AS last_month,
         last_day < (SELECT max(last_day) FROM household_coverage) - 1 AS early
  FROM household_coverage
), present AS (
  SELECT month, tariff, count(DISTINCT household) AS households FROM household_months GROUP BY month, tariff
), arrivals AS (
  SELECT first_month AS month, tariff, count(*) AS joined FROM spans GROUP BY first_month, tariff
), departures AS (
  SELECT last_month AS month, tariff, count(*) AS departed FROM spans WHERE early GROUP BY last_month, tariff
)
SELECT month, tariff, households, coalesce(joined, 0) AS joined, coalesce(departed, 0) AS departed
FROM present LEFT JOIN arrivals USING (month, tariff) LEFT JOIN departures USING (month, tariff)
""",
    order=["month", "tariff"],
    shown=False,
)
