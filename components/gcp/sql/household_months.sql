-- One row for each month, Acorn group, tariff and household: kWh, readings that have a value, and days with such a
-- reading. The questions need no more. Sums are decimal, so that they do not depend on the order of the rows.
WITH day AS (
  SELECT month, acorn_group, tariff, household, CAST(time AS DATE) AS day,
         sum(CAST(kwh AS NUMERIC(8, 6))) AS kwh, count(kwh) AS readings
  FROM {{dataset}}.lake_readings
  GROUP BY month, acorn_group, tariff, household, CAST(time AS DATE)
  HAVING readings > 0
)
SELECT month, acorn_group, tariff, household, sum(kwh) AS kwh, sum(readings) AS readings, count(*) AS days
FROM day
GROUP BY month, acorn_group, tariff, household
