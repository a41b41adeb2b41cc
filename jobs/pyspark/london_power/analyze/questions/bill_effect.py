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
from ..stratified import MOMENTS
from .household_bills import BILLS

BILL_EFFECT = Question(
    name=NAME,
    text=f"""
WITH bills AS ({BILLS}), homes AS (
  SELECT *, difference_percent AS value, 0 AS months, 0 AS level FROM bills
)
SELECT 'bill' AS method, acorn_group, {MOMENTS}
FROM homes
GROUP BY acorn_group
""",
    order=["acorn_group"],
    units=BILL_VALUES,
    finish=with_bills,
    shown=False,
)
