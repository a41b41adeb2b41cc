"""Consumption by month and Acorn group. kWh a household and day are those of 48 mean readings, so that a day
of which a home has a part counts as that part.
"""

from ...common.answers import MONTHLY
from ..question import Question

MONTHLY_BY_ACORN = Question(
    name=MONTHLY,
    text="""
SELECT month, acorn_group,
       count(DISTINCT household) AS households,
       sum(readings) AS readings,
       sum(micro_kwh) / 1e6 AS total_kwh,
       sum(micro_kwh) / 1e6 / sum(readings) AS mean_kwh,
       48 * sum(micro_kwh) / 1e6 / sum(readings) AS kwh_per_household_day
FROM household_months
GROUP BY month, acorn_group
""",
    order=["month", "acorn_group"],
    units={
        "total_kwh": "kWh",
        "mean_kwh": "kWh per half hour",
        "kwh_per_household_day": "kWh per household and day",
    },
)
