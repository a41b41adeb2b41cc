"""The questions of questions.py in SQL; the tests hold both to the same numbers."""

from .questions import MONTHLY, TARIFFS

# Reads the view `readings`; its result is the view `household_months` of the statements below.
HOUSEHOLD_MONTHS = """
WITH day AS (
  SELECT month, acorn_group, tariff, household, to_date(time) AS day,
         sum(CAST(kwh AS DECIMAL(8, 6))) AS kwh, count(kwh) AS readings
  FROM readings
  GROUP BY month, acorn_group, tariff, household, to_date(time)
  HAVING count(kwh) > 0
)
SELECT month, acorn_group, tariff, household, sum(kwh) AS kwh, sum(readings) AS readings, count(*) AS days
FROM day
GROUP BY month, acorn_group, tariff, household
"""

SQL = {
    MONTHLY: """
SELECT month, acorn_group,
       count(DISTINCT household) AS households,
       sum(readings) AS readings,
       round(CAST(sum(kwh) AS DOUBLE), 6) AS total_kwh,
       round(CAST(sum(kwh) AS DOUBLE) / sum(readings), 6) AS mean_kwh,
       round(CAST(sum(kwh) AS DOUBLE) / sum(days), 6) AS kwh_per_household_day
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
         CAST(sum(kwh) FILTER (WHERE tariff = 'Std') AS DOUBLE) AS std_kwh,
         sum(days) FILTER (WHERE tariff = 'Std') AS std_days,
         count(DISTINCT household) FILTER (WHERE tariff = 'ToU') AS tou_households,
         coalesce(sum(readings) FILTER (WHERE tariff = 'ToU'), 0) AS tou_readings,
         CAST(sum(kwh) FILTER (WHERE tariff = 'ToU') AS DOUBLE) AS tou_kwh,
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
}
