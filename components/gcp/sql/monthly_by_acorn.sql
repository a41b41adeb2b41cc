-- Consumption by month and Acorn group; a day counts for a household that has a reading on it.
SELECT month, acorn_group,
       count(DISTINCT household) AS households,
       sum(readings) AS readings,
       round(CAST(sum(kwh) AS FLOAT64), 6) AS total_kwh,
       round(CAST(sum(kwh) AS FLOAT64) / sum(readings), 6) AS mean_kwh,
       round(CAST(sum(kwh) AS FLOAT64) / sum(days), 6) AS kwh_per_household_day
FROM {{dataset}}.household_months
GROUP BY month, acorn_group
