"""The names of the answers that analyze writes and report reads, and of the values in their columns."""

from typing import Any

MONTHLY = "monthly_by_acorn"
MONTHLY_INTERVALS = "monthly_intervals"
TARIFFS = "std_vs_tou"
PROFILE = "load_profile"
TARIFF_PROFILE = "tariff_profile"
PEAK_DEMAND = "peak_demand"
LOAD_DURATION = "load_duration"
EFFECT = "tariff_effect"
QUALITY = "data_quality"
COVERAGE = "household_coverage"
ATTENDANCE = "households_by_month"
# Empty without a schedule of prices.
PRICE_RESPONSE = "price_response"
BILL_EFFECT = "bill_effect"
HOUSEHOLD_BILLS = "household_bills"

# In column `acorn_group`: all homes as they are; those of groups with homes on both tariffs, in one mix.
ALL_HOMES, ONE_MIX = "all", "standardised"

# p/kWh on the standard tariff. Source: London Datastore, "SmartMeter Energy Consumption Data in London
# Households".
STANDARD_PENCE = 14.228

# Column `season` of load_profile, in the order of the year. Meteorological: winter is December to February.
SEASONS = ["winter", "spring", "summer", "autumn"]

# Column `method` of tariff_effect → what it estimates, in words.
METHODS = {
    "trial_year": "Difference in 2013",
    "change_from_2012": "Difference in differences, 2012 to 2013",
}


def group_name(group: str) -> str:
    """Returns a value of column `acorn_group` in words."""
    return {ALL_HOMES: "All homes", ONE_MIX: "Same mix of groups"}.get(group, group)


def period_of_tariffs(rows: list[dict[str, Any]]) -> str:
    """The period of std_vs_tou that is shown: 2013, when prices depended on the time, where there is any."""
    return "trial" if any(row["period"] == "trial" for row in rows) else "all"
