-- Consumption by month and Acorn group; kWh a household and day are those of 48 mean readings.
SELECT month, acorn_group,
       count(DISTINCT household) AS households,
       sum(readings) AS readings,
       round(CAST(sum(kwh) AS FLOAT64), 6) AS total_kwh,
       round(CAST(sum(kwh) AS FLOAT64) / sum(readings), 6) AS mean_kwh,
       round(48 * CAST(sum(kwh) AS FLOAT64) / sum(readings), 6) AS kwh_per_household_day
FROM {{dataset}}.household_months
GROUP BY month, acorn_group
