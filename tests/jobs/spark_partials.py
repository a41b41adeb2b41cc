"""The partial tables of the analysis in Spark SQL, from all readings: what its kernels are held to.

The readings' times name the end of a half hour in GMT.
"""

# Each is made of the view `readings` and those before it.
VIEWS = {
    "household_days": """
SELECT month, acorn_group, tariff, household, to_date(time) AS day,
       sum(CAST(kwh * 1000000 + 0.5 AS BIGINT)) AS micro_kwh, count(kwh) AS readings, count(*) AS stored
FROM readings
GROUP BY month, acorn_group, tariff, household, to_date(time)
""",
    "household_months": """
SELECT month, acorn_group, tariff, household,
       sum(micro_kwh) AS micro_kwh, sum(readings) AS readings
FROM household_days
WHERE readings > 0
GROUP BY month, acorn_group, tariff, household
""",
    "household_coverage": """
WITH spans AS (
  SELECT household, unix_seconds(max(time)) div 1800 - unix_seconds(min(time)) div 1800 + 1 AS expected
  FROM readings
  GROUP BY household
), by_day AS (
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
       sum(readings) AS readings, sum(stored - readings) AS missing, first(expected) AS expected,
       count_if(readings BETWEEN 1 AND 47) AS days_incomplete,
       count_if(gap > 0) AS gaps, coalesce(max(gap), 0) AS longest_gap_days
FROM gaps JOIN spans USING (household)
GROUP BY household
""",
    "home_profiles": """
WITH dated AS (
  SELECT *, from_utc_timestamp(time - INTERVAL 30 MINUTES, 'Europe/London') AS starts
  FROM readings
  WHERE kwh IS NOT NULL
), parted AS (
  SELECT *, CASE WHEN month(starts) IN (12, 1, 2) THEN 'winter'
                 WHEN month(starts) IN (3, 4, 5) THEN 'spring'
                 WHEN month(starts) IN (6, 7, 8) THEN 'summer' ELSE 'autumn' END AS part
  FROM dated
  UNION ALL
  SELECT *, '2013' FROM dated WHERE year(starts) = 2013
)
SELECT part, acorn_group, tariff, household, hour(starts) * 2 + minute(starts) div 30 AS half_hour,
       count(kwh) AS readings, sum(CAST(kwh * 1000000 + 0.5 AS BIGINT)) AS micro_kwh
FROM parted
GROUP BY part, acorn_group, tariff, household, half_hour
""",
    "profile": """
SELECT part, acorn_group, tariff, half_hour, count(*) AS households,
       sum(readings) AS readings, sum(micro_kwh) AS micro_kwh,
       sum(power(micro_kwh / 1e6D, 2)) AS kwh_squares,
       sum(micro_kwh / 1e6D * readings) AS kwh_readings,
       sum(CAST(readings AS DOUBLE) * readings) AS readings_squares
FROM home_profiles
GROUP BY part, acorn_group, tariff, half_hour
""",
    "demand": """
SELECT acorn_group, unix_seconds(time) div 1800 AS slot,
       date_format(
         from_utc_timestamp(time - INTERVAL 30 MINUTES, 'Europe/London'), 'yyyy-MM-dd HH:mm'
       ) AS starts,
       count(kwh) AS readings, sum(CAST(kwh * 1000000 + 0.5 AS BIGINT)) AS micro_kwh
FROM readings
WHERE kwh IS NOT NULL
GROUP BY acorn_group, slot, starts
""",
}
