"""What each home's use in the schedule's half hours costs at its prices and on the standard tariff, without
standing charges; empty without a schedule of prices. A home counts where it has 80 % of these half hours.
"""

from ...common.answers import HOUSEHOLD_BILLS as NAME
from ...common.answers import STANDARD_PENCE
from ..question import Question

BILLS = f"""
  SELECT household, acorn_group, tariff, sum(readings) AS readings, sum(micro_kwh) / 1e6 AS kwh,
         sum(micro_kwh * pence) / 1e8 AS dynamic_pounds,
         sum(micro_kwh) * {STANDARD_PENCE}e0 / 1e8 AS standard_pounds,
         100 * (sum(micro_kwh * pence) / nullif(sum(micro_kwh) * {STANDARD_PENCE}e0, 0) - 1)
           AS difference_percent
  FROM price_cells JOIN price_steps USING (cell)
  GROUP BY household, acorn_group, tariff
  HAVING sum(readings) >= 0.8 * (SELECT sum(half_hours) FROM price_steps)
"""

HOUSEHOLD_BILLS = Question(
    name=NAME,
    text=BILLS,
    order=["household"],
    units={
        "kwh": "kWh",
        **dict.fromkeys(["dynamic_pounds", "standard_pounds"], "GBP"),
        "difference_percent": "%",
    },
    shown=False,
    stored=False,
)
