"""duckdb_analysis.py CORES FOLDER OUT: what analyze.py does, by DuckDB and matplotlib alone.

FOLDER holds the lake's readings. DuckDB sums them up and answers the same questions; the same plots are
drawn. All goes into OUT.
"""

import json
import sys
from math import exp, lgamma, log, pi
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from london_power.analyze.question import Questions
from london_power.analyze.questions import ALL
from london_power.common.answers import SEASONS
from london_power.common.calendar import seasons_of
from london_power.common.stamps import FILE, HALF_HOURS, Stamps
from pyarrow import parquet

MICRO_KWH = "CAST(trunc(kwh * 1000000 + 0.5) AS BIGINT)"  # a cast alone would round
DAYS = f"""
SELECT month, acorn_group, tariff, household, CAST(time AS DATE) AS day,
       sum({MICRO_KWH}) AS micro_kwh, count(kwh) AS readings, count(*) AS stored
FROM readings
GROUP BY ALL
"""
TABLES = {
    "household_months": """
SELECT month, acorn_group, tariff, household,
       sum(micro_kwh) AS micro_kwh, sum(readings) AS readings
FROM household_days
WHERE readings > 0
GROUP BY ALL
""",
    "household_coverage": """
WITH spans AS (
  SELECT household, epoch_us(max(time)) // 1800000000 - epoch_us(min(time)) // 1800000000 + 1 AS expected
  FROM readings
  GROUP BY household
), by_day AS (
  SELECT household, day, min(acorn_group) AS acorn_group, min(tariff) AS tariff,
         sum(readings) AS readings, sum(stored) AS stored
  FROM household_days
  GROUP BY household, day
), before AS (
  SELECT *, CASE WHEN readings > 0 THEN
           day - max(CASE WHEN readings > 0 THEN day END) OVER earlier - 1
         END AS gap
  FROM by_day
  WINDOW earlier AS (PARTITION BY household ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT household, min(acorn_group) AS acorn_group, min(tariff) AS tariff,
       min(day) AS first_day, max(day) AS last_day,
       CAST(sum(readings) AS BIGINT) AS readings, CAST(sum(stored - readings) AS BIGINT) AS missing,
       any_value(expected) AS expected,
       count(CASE WHEN readings BETWEEN 1 AND 47 THEN 1 END) AS days_incomplete,
       count(CASE WHEN gap > 0 THEN 1 END) AS gaps, coalesce(max(gap), 0) AS longest_gap_days
FROM before JOIN spans USING (household)
GROUP BY household
""",
    "profile": f"""
WITH homes AS (
  SELECT season, starts[:4] = '2013' AS in_trial, acorn_group, tariff, household, half_hour,
         count(kwh) AS readings, sum({MICRO_KWH}) AS micro_kwh
  FROM readings JOIN local_clock ON epoch_us(time) // 1800000000 = stored
  WHERE kwh IS NOT NULL
  GROUP BY ALL
), parts AS (
  SELECT * REPLACE (sum(readings) AS readings, sum(micro_kwh) AS micro_kwh)
  FROM (
    SELECT season AS part, acorn_group, tariff, household, half_hour, readings, micro_kwh FROM homes
    UNION ALL
    SELECT '2013', acorn_group, tariff, household, half_hour, readings, micro_kwh FROM homes WHERE in_trial
  )
  GROUP BY ALL
)
SELECT part, acorn_group, tariff, half_hour, count(*) AS households,
       sum(readings) AS readings, sum(micro_kwh) AS micro_kwh, sum(power(micro_kwh / 1e6, 2)) AS kwh_squares,
       sum(micro_kwh / 1e6 * readings) AS kwh_readings, sum(power(readings, 2)) AS readings_squares
FROM parts
GROUP BY ALL
""",
    "demand": f"""
SELECT acorn_group, stored AS slot, starts, count(kwh) AS readings, sum({MICRO_KWH}) AS micro_kwh
FROM readings JOIN local_clock ON epoch_us(time) // 1800000000 = stored
WHERE kwh IS NOT NULL
GROUP BY ALL
""",
}


def main(cores: str, folder: str, out: str) -> None:
    database = duckdb.connect(config={"threads": cores})
    database.execute("SET TimeZone = 'UTC'")
    months = "hive_partitioning = true, hive_types = {'month': VARCHAR}"
    database.execute(f"CREATE VIEW readings AS FROM read_parquet('{folder}/month=*/*.parquet', {months})")
    database.execute(f"CREATE TABLE household_days AS {DAYS}")
    database.register("local_clock", local_clock(folder))
    questions = Questions(
        {name: database.sql(text).to_arrow_table() for name, text in TABLES.items()}, quantile
    )
    Path(out).mkdir()
    for question in ALL:
        answer = questions.ask(question)
        parquet.write_table(answer, f"{out}/{question.name}.parquet")
        for name, content in (question.plot(answer.to_pylist()) if question.plot else {}).items():
            Path(out, name).write_bytes(content)


def local_clock(folder: str) -> pa.Table:
    """Season, half hour and start by London's clock of each half hour as it is stored, 2010 to 2019."""
    stored = np.arange(40 * 365 * HALF_HOURS, 50 * 366 * HALF_HOURS)
    starts = Stamps(**json.loads(Path(folder, FILE).read_text())).local_starts(stored)
    season = np.array(SEASONS)[seasons_of(starts // HALF_HOURS)]
    columns = {
        "stored": stored,
        "season": season,
        "half_hour": (starts % HALF_HOURS).astype(np.int32),
        "starts": [str(each).replace("T", " ") for each in (starts * 30).astype("M8[m]")],
    }
    return pa.table(columns)


def quantile(degrees: float) -> float:
    """Student's 0.975 quantile, by Newton's method on the integral of the density."""

    def density(at):
        head = lgamma((degrees + 1) / 2) - lgamma(degrees / 2) - log(degrees * pi) / 2
        return np.exp(head - (degrees + 1) / 2 * np.log1p(at**2 / degrees))

    nodes, weights = np.polynomial.legendre.leggauss(200)
    found = 1.96 * exp(1 / degrees)
    for _ in range(50):
        area = found / 2 * (weights @ density(found / 2 * (nodes + 1)))
        found -= (area - 0.475) / float(density(np.array(found)))
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
