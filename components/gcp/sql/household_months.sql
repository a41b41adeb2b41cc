-- One row for each month, Acorn group, tariff and household: kWh, and readings that have a value. The questions need no
-- more. Sums are decimal, so that they do not depend on the order of the rows.
SELECT month, acorn_group, tariff, household, sum(CAST(kwh AS NUMERIC(8, 6))) AS kwh, count(kwh) AS readings
FROM {{dataset}}.lake_readings
GROUP BY month, acorn_group, tariff, household
HAVING readings > 0
