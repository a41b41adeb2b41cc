"""Mean kWh per half hour by season, Acorn group and half hour of the day, with the readings that it is of,
and the households that have any in this season: 960 rows at most.
"""

from ...common.answers import PROFILE, SEASONS
from .. import profile_plots
from ..question import Question

LOAD_PROFILE = Question(
    name=PROFILE,
    text="""
WITH homes AS (
  SELECT CASE WHEN substr(month, 6) IN ('12', '01', '02') THEN 'winter'
              WHEN substr(month, 6) IN ('03', '04', '05') THEN 'spring'
              WHEN substr(month, 6) IN ('06', '07', '08') THEN 'summer' ELSE 'autumn' END AS season,
         acorn_group, count(DISTINCT household) AS households
  FROM household_months
  GROUP BY season, acorn_group
)
SELECT season, acorn_group, half_hour, households, readings, micro_kwh / 1e6 / readings AS mean_kwh
FROM profile JOIN homes USING (season, acorn_group)
""",
    order=[
        "CASE season " + " ".join(f"WHEN '{name}' THEN {at}" for at, name in enumerate(SEASONS)) + " END",
        "acorn_group",
        "half_hour",
    ],
    units={"mean_kwh": "kWh per half hour"},
    plot=profile_plots.profile,
    shown=False,
)
