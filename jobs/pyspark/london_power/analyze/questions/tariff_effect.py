"""How far consumption on the time-of-use tariff lies from that on the standard one, with a 95 % interval.

The readings of a household are far from independent, so a household counts as one observation. Two estimates:

    trial_year         difference of mean kWh per half hour in 2013. Homes chose their tariff, so it also
                       holds what the choosers were like before, and who has readings in which months.
    change_from_2012   difference in differences: how far the homes' means changed from 2012 to 2013.

A home's change is that of its months: of each month of the year which it covers in both years (80 % of the
half hours; three months at least), the difference of the two means. What standard homes changed by in that
month, the weather of two years for instance, is taken off, so that homes with different months compare; the
standard homes' mean over the months, all with the same weight, is put back, which leaves the level of a
change and cancels from the difference. So a home that joined in autumn brings no season into it.

Within each Acorn group time of use is compared with standard; "all" is the mean of these differences,
weighted by the time-of-use homes of each group, so that the groups' shares in the two tariffs play no part. A
group without homes on both tariffs is not part of it.

Collapsing to one value for a household before comparing is what makes the interval hold under correlation
within households (Bertrand, Duflo and Mullainathan, "How Much Should We Trust Differences-in-Differences
Estimates?", Quarterly Journal of Economics 119, 2004, section IV.C); the interval is Welch's, for unequal
variances ("The generalization of Student's problem …", Biometrika 34, 1947).
"""

from ...common.answers import EFFECT, METHODS
from .. import effect_plots
from ..question import Question
from ..stratified import MOMENTS, VALUES, with_intervals

# The prices depended on the time in 2013 only. For each method and Acorn group the households of either
# tariff, mean and variance of their values, and the months that a home's value is of; tou_level is the ToU
# homes' mean in 2013.
TARIFF_EFFECT = Question(
    name=EFFECT,
    text=f"""
WITH means AS (
  SELECT household, acorn_group, tariff, substr(month, 1, 4) AS year, substr(month, 6) AS of_year,
         micro_kwh, readings, micro_kwh / 1e6 / readings AS mean_kwh,
         readings >= 0.8 * 48 * day(last_day(CAST(month || '-01' AS DATE))) AS covered
  FROM household_months
  WHERE substr(month, 1, 4) IN ('2012', '2013')
), pairs AS (
  SELECT household, acorn_group, tariff, of_year, later.mean_kwh AS level,
         later.mean_kwh - earlier.mean_kwh AS change
  FROM (SELECT * FROM means WHERE year = '2012' AND covered) AS earlier
  JOIN (SELECT * FROM means WHERE year = '2013' AND covered) AS later
    USING (household, acorn_group, tariff, of_year)
), compared AS (
  SELECT *, count(*) OVER (PARTITION BY household, acorn_group, tariff) AS months FROM pairs
), usual AS (
  SELECT of_year, avg(change) AS usual_change FROM compared
  WHERE months >= 3 AND tariff = 'Std'
  GROUP BY of_year
), homes AS (
  SELECT 'trial_year' AS method, household, acorn_group, tariff,
         sum(micro_kwh) / 1e6 / sum(readings) AS value, sum(micro_kwh) / 1e6 / sum(readings) AS level,
         count(*) AS months
  FROM means
  WHERE year = '2013'
  GROUP BY household, acorn_group, tariff
  UNION ALL
  SELECT 'change_from_2012', household, acorn_group, tariff,
         avg(change - usual_change) + (SELECT avg(usual_change) FROM usual), avg(level), count(*)
  FROM compared JOIN usual USING (of_year)
  WHERE months >= 3
  GROUP BY household, acorn_group, tariff
)
SELECT method, acorn_group, {MOMENTS}
FROM homes
GROUP BY method, acorn_group
""",
    order=[
        "CASE method " + " ".join(f"WHEN '{name}' THEN {at}" for at, name in enumerate(METHODS)) + " END",
        "acorn_group",
    ],
    units={
        **{name: "kWh per half hour" for name in VALUES if name.endswith("_kwh")},
        **{name: "%" for name in VALUES if name.endswith("_percent")},
        **{"std_months": "months a home", "tou_months": "months a home"},
    },
    plot=effect_plots.effect,
    finish=with_intervals,
)
