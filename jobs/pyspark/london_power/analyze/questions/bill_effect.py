"""What the schedule's prices change a home's bill by, against the standard tariff, for the use that it had:
means over homes of either tariff, and by how much they differ, with a 95 % interval; empty without a schedule
of prices.

For homes on the standard tariff it is what the prices would have cost them as they lived. The difference,
time of use less standard within Acorn groups, is what the time-of-use homes' hours are worth: by their
response to prices, and by what they were like before.
"""

from ...common.answers import BILL_EFFECT as NAME
from ..price_effects import BILL_VALUES, with_bills
from ..question import Question
from .household_bills import BILLS

BILL_EFFECT = Question(
    name=NAME,
    text=f"""
WITH bills AS ({BILLS})
SELECT 'bill' AS method, acorn_group,
       count(CASE WHEN tariff = 'Std' THEN difference_percent END) AS std_households,
       count(CASE WHEN tariff = 'ToU' THEN difference_percent END) AS tou_households,
       0e0 AS std_months, 0e0 AS tou_months,
       avg(CASE WHEN tariff = 'Std' THEN difference_percent END) AS std_mean,
       avg(CASE WHEN tariff = 'ToU' THEN difference_percent END) AS tou_mean,
       var_samp(CASE WHEN tariff = 'Std' THEN difference_percent END) AS std_variance,
       var_samp(CASE WHEN tariff = 'ToU' THEN difference_percent END) AS tou_variance,
       0e0 AS tou_level
FROM bills
GROUP BY acorn_group
""",
    order=["acorn_group"],
    units=BILL_VALUES,
    finish=with_bills,
    shown=False,
)
