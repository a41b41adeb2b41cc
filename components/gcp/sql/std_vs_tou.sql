-- Standard beside time-of-use tariff by period and Acorn group; "all" stands for every period or every group,
-- "standardised" for groups with homes on both tariffs in one mix: on either tariff a group counts by its time-of-use
-- readings. The time-of-use prices applied in 2013 only, so that "before" shows how far the two sets of homes differed
-- without them.
WITH periods AS (
  SELECT *, CASE WHEN month < '2013' THEN 'before' WHEN month < '2014' THEN 'trial' ELSE 'after' END AS period
  FROM {{dataset}}.household_months
), sums AS (
  SELECT coalesce(period, 'all') AS period, coalesce(acorn_group, 'all') AS acorn_group,
         count(DISTINCT CASE WHEN tariff = 'Std' THEN household END) AS std_households,
         coalesce(sum(CASE WHEN tariff = 'Std' THEN readings END), 0) AS std_readings,
         CAST(sum(CASE WHEN tariff = 'Std' THEN kwh END) AS FLOAT64) AS std_kwh,
         count(DISTINCT CASE WHEN tariff = 'ToU' THEN household END) AS tou_households,
         coalesce(sum(CASE WHEN tariff = 'ToU' THEN readings END), 0) AS tou_readings,
         CAST(sum(CASE WHEN tariff = 'ToU' THEN kwh END) AS FLOAT64) AS tou_kwh
  FROM periods
  GROUP BY CUBE (period, acorn_group)
), means AS (
  SELECT *, std_kwh / nullif(std_readings, 0) AS std_mean, tou_kwh / nullif(tou_readings, 0) AS tou_mean
  FROM sums
), one_mix AS (
  SELECT period, 'standardised' AS acorn_group,
         sum(std_households) AS std_households, sum(std_readings) AS std_readings, sum(std_kwh) AS std_kwh,
         sum(tou_households) AS tou_households, sum(tou_readings) AS tou_readings, sum(tou_kwh) AS tou_kwh,
         sum(std_mean * tou_readings) / sum(tou_readings) AS std_mean,
         sum(tou_kwh) / sum(tou_readings) AS tou_mean
  FROM means
  WHERE acorn_group <> 'all' AND std_readings > 0 AND tou_readings > 0
  GROUP BY period
), shown AS (
  SELECT period, acorn_group, std_households, std_readings, std_kwh, tou_households, tou_readings, tou_kwh,
         std_mean, tou_mean
  FROM means
  UNION ALL
  SELECT * FROM one_mix
)
SELECT period, acorn_group,
       std_households, std_readings, round(std_kwh, 6) AS std_total_kwh, round(std_mean, 6) AS std_mean_kwh,
       tou_households, tou_readings, round(tou_kwh, 6) AS tou_total_kwh, round(tou_mean, 6) AS tou_mean_kwh,
       round((tou_mean / nullif(std_mean, 0) - 1) * 100, 6) AS difference_percent
FROM shown
