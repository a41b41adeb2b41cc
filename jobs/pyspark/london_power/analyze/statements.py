"""All questions in SQL; the tests hold them to the same numbers as their DataFrame forms."""

from ..common.answers import COVERAGE, EFFECT, MONTHLY, PROFILE, QUALITY, TARIFFS
from .profiles import HALF_HOUR, SEASON
from .questions import MICRO_KWH

# Views that the statements read, each made of those before it and of the view `readings`.
VIEWS = {
    "household_days": f"""
SELECT month, acorn_group, tariff, household, to_date(time) AS day,
       sum({MICRO_KWH}) AS micro_kwh, count(kwh) AS readings, count(*) AS stored
FROM readings
GROUP BY month, acorn_group, tariff, household, to_date(time)
""",
    "household_months": """
SELECT month, acorn_group, tariff, household,
       sum(micro_kwh) AS micro_kwh, sum(readings) AS readings, count(*) AS days
FROM household_days
WHERE readings > 0
GROUP BY month, acorn_group, tariff, household
""",
    "household_coverage": """
WITH by_day AS (
  SELECT household, day, min(acorn_group) AS acorn_group, min(tariff) AS tariff,
         sum(readings) AS readings, sum(stored) AS stored
  FROM household_days
  GROUP BY household, day
), gaps AS (
  SELECT *, CASE WHEN readings > 0 THEN
           datediff(day, max(CASE WHEN readings > 0 THEN day END) OVER earlier) - 1
         END AS gap
  FROM by_day
  WINDOW earlier AS (PARTITION BY household ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT household, min(acorn_group) AS acorn_group, min(tariff) AS tariff,
       min(day) AS first_day, max(day) AS last_day,
       sum(readings) AS readings, sum(stored - readings) AS missing,
       48 * (datediff(max(day), min(day)) + 1) AS expected,
       round(100 * sum(readings) / (48 * (datediff(max(day), min(day)) + 1)), 6) AS coverage_percent,
       count_if(readings BETWEEN 1 AND 47) AS days_incomplete,
       count_if(gap > 0) AS gaps, coalesce(max(gap), 0) AS longest_gap_days
FROM gaps
GROUP BY household
""",
}

SQL = {
    MONTHLY: """
SELECT month, acorn_group,
       count(DISTINCT household) AS households,
       sum(readings) AS readings,
       round(sum(micro_kwh) / 1e6D, 6) AS total_kwh,
       round(sum(micro_kwh) / 1e6D / sum(readings), 6) AS mean_kwh,
       round(sum(micro_kwh) / 1e6D / sum(days), 6) AS kwh_per_household_day
FROM household_months
GROUP BY month, acorn_group
""",
    TARIFFS: """
WITH periods AS (
  SELECT *, CASE WHEN month < '2013' THEN 'before' WHEN month < '2014' THEN 'trial' ELSE 'after' END AS period
  FROM household_months
), sums AS (
  SELECT coalesce(period, 'all') AS period, coalesce(acorn_group, 'all') AS acorn_group,
         count(DISTINCT household) FILTER (WHERE tariff = 'Std') AS std_households,
         coalesce(sum(readings) FILTER (WHERE tariff = 'Std'), 0) AS std_readings,
         sum(micro_kwh) FILTER (WHERE tariff = 'Std') / 1e6D AS std_kwh,
         sum(days) FILTER (WHERE tariff = 'Std') AS std_days,
         count(DISTINCT household) FILTER (WHERE tariff = 'ToU') AS tou_households,
         coalesce(sum(readings) FILTER (WHERE tariff = 'ToU'), 0) AS tou_readings,
         sum(micro_kwh) FILTER (WHERE tariff = 'ToU') / 1e6D AS tou_kwh,
         sum(days) FILTER (WHERE tariff = 'ToU') AS tou_days
  FROM periods
  GROUP BY CUBE (period, acorn_group)
)
SELECT period, acorn_group,
       std_households, std_readings, round(std_kwh, 6) AS std_total_kwh,
       round(std_kwh / std_readings, 6) AS std_mean_kwh,
       round(std_kwh / std_days, 6) AS std_kwh_per_household_day,
       tou_households, tou_readings, round(tou_kwh, 6) AS tou_total_kwh,
       round(tou_kwh / tou_readings, 6) AS tou_mean_kwh,
       round(tou_kwh / tou_days, 6) AS tou_kwh_per_household_day,
       round(((tou_kwh / tou_readings) / (std_kwh / std_readings) - 1) * 100, 6) AS difference_percent
FROM sums
""",
    PROFILE: f"""
WITH homes AS (
  SELECT {SEASON} AS season, acorn_group, count(DISTINCT household) AS households
  FROM household_months
  GROUP BY {SEASON}, acorn_group
), profile AS (
  SELECT {SEASON} AS season, acorn_group, {HALF_HOUR} AS half_hour,
         count(kwh) AS readings, sum({MICRO_KWH}) AS micro_kwh
  FROM readings
  WHERE kwh IS NOT NULL
  GROUP BY {SEASON}, acorn_group, {HALF_HOUR}
)
SELECT season, acorn_group, half_hour, households, readings,
       round(micro_kwh / 1e6D / readings, 6) AS mean_kwh
FROM profile JOIN homes USING (season, acorn_group)
""",
    # The moments of the effect; effects.with_intervals makes the answer of them, whatever the syntax.
    EFFECT: """
WITH by_month AS (
  SELECT household, acorn_group, tariff, substr(month, 6) AS of_year,
         sum(micro_kwh) FILTER (WHERE substr(month, 1, 4) = '2012') AS before_kwh,
         sum(readings) FILTER (WHERE substr(month, 1, 4) = '2012') AS before_readings,
         sum(micro_kwh) FILTER (WHERE substr(month, 1, 4) = '2013') AS trial_kwh,
         sum(readings) FILTER (WHERE substr(month, 1, 4) = '2013') AS trial_readings
  FROM household_months
  GROUP BY household, acorn_group, tariff, substr(month, 6)
), homes AS (
  SELECT 'trial_year' AS method, household, acorn_group, tariff,
         sum(trial_kwh) / 1e6D / sum(trial_readings) AS value,
         sum(trial_kwh) / 1e6D / sum(trial_readings) AS level
  FROM by_month
  GROUP BY household, acorn_group, tariff
  UNION ALL
  SELECT 'change_from_2012', household, acorn_group, tariff,
         sum(trial_kwh) / 1e6D / sum(trial_readings) - sum(before_kwh) / 1e6D / sum(before_readings),
         sum(trial_kwh) / 1e6D / sum(trial_readings)
  FROM by_month
  WHERE before_readings IS NOT NULL AND trial_readings IS NOT NULL
  GROUP BY household, acorn_group, tariff
)
SELECT method, coalesce(acorn_group, 'all') AS acorn_group,
       count(value) FILTER (WHERE tariff = 'Std') AS std_households,
       count(value) FILTER (WHERE tariff = 'ToU') AS tou_households,
       avg(value) FILTER (WHERE tariff = 'Std') AS std_mean,
       avg(value) FILTER (WHERE tariff = 'ToU') AS tou_mean,
       var_samp(value) FILTER (WHERE tariff = 'Std') AS std_variance,
       var_samp(value) FILTER (WHERE tariff = 'ToU') AS tou_variance,
       avg(level) FILTER (WHERE tariff = 'ToU') AS tou_level
FROM homes
WHERE value IS NOT NULL
GROUP BY GROUPING SETS ((method, acorn_group), (method))
""",
    COVERAGE: "SELECT * FROM household_coverage",
    QUALITY: """
SELECT coalesce(acorn_group, 'all') AS acorn_group, count(*) AS households,
       min(first_day) AS first_day, max(last_day) AS last_day,
       sum(readings) AS readings, sum(missing) AS missing, sum(expected) AS expected,
       sum(days_incomplete) AS days_incomplete, sum(gaps) AS gaps,
       round(100 * sum(readings) / sum(expected), 6) AS coverage_percent,
       min(coverage_percent) AS lowest_coverage_percent,
       count_if(coverage_percent >= 99) AS complete_households,
       max(longest_gap_days) AS longest_gap_days
FROM household_coverage
GROUP BY CUBE (acorn_group)
""",
}
