"""How homes on the time-of-use tariff respond to high and low prices, with 95 % intervals; empty without a
schedule of prices.

A home's value is the logarithm of its mean use in the half hours of a part of the events (prices.py) to its
mean use in the usual ones. Both tariffs' homes have the same half hours, so the time of day, the season and
the weather of events cancel from the difference of the two tariffs' values, within each Acorn group; a
household is one observation, as in tariff_effect. It is relative to the usual half hours, and holds nothing
of what the tariff changes in all of them.

    before     differs from 0 only as far as homes prepare for an event: prices are known a day ahead
    placebo    the same half hours a week later, at the normal price: 0 but for chance, if the method holds

A home counts where it has 80 % of the part's half hours and of the usual ones, and uses something in both.
Rows with a `step` are half hours from an event's start ("before", "during"; 6 stands for all later ones) or
from its end ("after"): an event study.
"""

from ...common.answers import PRICE_RESPONSE as NAME
from .. import price_plots
from ..price_effects import RESPONSE_VALUES, with_responses
from ..question import Question
from ..stratified import MOMENTS

# A home's kWh by price and part, with and without its steps.
_PARTS = """
  SELECT household, acorn_group, tariff, price || ' ' || part || ' ' || {step} AS method,
         sum(micro_kwh) / 1e6 AS kwh, sum(readings) AS readings, part
  FROM price_cells JOIN price_steps USING (cell)
  {where}
  GROUP BY household, acorn_group, tariff, method, part
"""
_LENGTHS = """
  SELECT price || ' ' || part || ' ' || {step} AS method, sum(half_hours) AS half_hours
  FROM price_steps
  {where}
  GROUP BY method
"""
_WHOLE = {"step": "'-'", "where": ""}
_STEPS = {"step": "CAST(step AS VARCHAR)", "where": "WHERE step IS NOT NULL"}

PRICE_RESPONSE = Question(
    name=NAME,
    text=f"""
WITH parts AS (
  {_PARTS.format(**_WHOLE)} UNION ALL {_PARTS.format(**_STEPS)}
), lengths AS (
  {_LENGTHS.format(**_WHOLE)} UNION ALL {_LENGTHS.format(**_STEPS)}
), covered AS (
  SELECT *, kwh / readings AS level
  FROM parts JOIN lengths USING (method)
  WHERE readings >= 0.8 * half_hours AND kwh > 0
), usual AS (
  SELECT household, level AS usual_level FROM covered WHERE part = 'usual'
), homes AS (
  SELECT method, acorn_group, tariff, half_hours, level, ln(level / usual_level) AS value, 0 AS months
  FROM covered JOIN usual USING (household)
  WHERE part <> 'usual'
)
SELECT method, acorn_group, max(half_hours) AS half_hours, {MOMENTS}
FROM homes
GROUP BY method, acorn_group
""",
    order=["method", "acorn_group"],
    units=RESPONSE_VALUES,
    plot=price_plots.events,
    finish=with_responses,
    shown=False,
)
