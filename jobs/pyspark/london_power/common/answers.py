"""The names of the answers that analyze writes and report reads, and of the values in their columns."""

MONTHLY = "monthly_by_acorn"
TARIFFS = "std_vs_tou"
PROFILE = "load_profile"
EFFECT = "tariff_effect"
QUALITY = "data_quality"
COVERAGE = "household_coverage"
ATTENDANCE = "households_by_month"

# In column `acorn_group`: all homes as they are; those of groups with homes on both tariffs, in one mix.
ALL_HOMES, ONE_MIX = "all", "standardised"

# Column `season` of load_profile, in the order of the year. Meteorological: winter is December to February.
SEASONS = ["winter", "spring", "summer", "autumn"]

# Column `method` of tariff_effect.
METHODS = ["trial_year", "change_from_2012"]
