"""95 % intervals of ratios over households: the sum of their kWh by that of their readings.

The readings of a household are far from independent. The error of such a ratio follows from how far each
home's kWh lie from what the ratio gives its readings (Cochran, "Sampling Techniques", 3rd edition 1977,
6.19), with Student's t. It is of homes like these, of which those that there are were drawn: none where there
is one home.
"""

from collections.abc import Callable

import pyarrow as pa

Quantile = Callable[[float], float]


def with_bounds(mean: str) -> Callable[[pa.Table, Quantile], pa.Table]:
    """Adds low_kwh and high_kwh around the column `mean` by standard_error_kwh; null where there is one
    home.
    """

    def added(answer: pa.Table, quantile: Quantile) -> pa.Table:
        rows = answer.to_pylist()
        for row in rows:
            error = row["standard_error_kwh"]
            reach = None if error is None else quantile(row["households"] - 1) * error
            row["low_kwh"] = None if reach is None else row[mean] - reach
            row["high_kwh"] = None if reach is None else row[mean] + reach
        bounds = [pa.field(name, pa.float64()) for name in ("low_kwh", "high_kwh")]
        return pa.Table.from_pylist(rows, pa.schema([*answer.schema, *bounds]))

    return added


# SQL over table profile: mean kWh per half hour of the day by `columns`, whose names `by` has, where `asked`.
PROFILE = """
WITH sums AS (
  SELECT {columns}, half_hour, CAST(sum(households) AS BIGINT) AS households,
         CAST(sum(readings) AS BIGINT) AS readings,
         sum(micro_kwh) / 1e6 / sum(readings) AS mean_kwh, sum(kwh_squares) AS kwh_squares,
         sum(kwh_readings) AS kwh_readings, sum(readings_squares) AS readings_squares
  FROM profile
  WHERE {asked}
  GROUP BY {by}, half_hour
)
SELECT {by}, half_hour, households, readings, mean_kwh,
       CASE WHEN households > 1 THEN
         sqrt(households / (households - 1e0) * greatest(
           0e0, kwh_squares - 2 * mean_kwh * kwh_readings + mean_kwh * mean_kwh * readings_squares
         )) / readings
       END AS standard_error_kwh
FROM sums
"""
PROFILE_UNITS = dict.fromkeys(["mean_kwh", "standard_error_kwh", "low_kwh", "high_kwh"], "kWh per half hour")
