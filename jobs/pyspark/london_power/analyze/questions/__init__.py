"""The questions, a file each."""

from .bill_effect import BILL_EFFECT
from .data_quality import DATA_QUALITY
from .household_bills import HOUSEHOLD_BILLS
from .household_coverage import HOUSEHOLD_COVERAGE
from .households_by_month import HOUSEHOLDS_BY_MONTH
from .load_duration import LOAD_DURATION
from .load_profile import LOAD_PROFILE
from .monthly_by_acorn import MONTHLY_BY_ACORN
from .monthly_intervals import MONTHLY_INTERVALS
from .peak_demand import PEAK_DEMAND
from .price_response import PRICE_RESPONSE
from .std_vs_tou import STD_VS_TOU
from .tariff_effect import TARIFF_EFFECT
from .tariff_profile import TARIFF_PROFILE

ALL = [
    MONTHLY_BY_ACORN,
    MONTHLY_INTERVALS,
    STD_VS_TOU,
    LOAD_PROFILE,
    PEAK_DEMAND,
    LOAD_DURATION,
    TARIFF_PROFILE,
    TARIFF_EFFECT,
    HOUSEHOLDS_BY_MONTH,
    HOUSEHOLD_COVERAGE,
    DATA_QUALITY,
]
# Of the schedule of prices: their answers have no row without one.
PRICED = [PRICE_RESPONSE, BILL_EFFECT, HOUSEHOLD_BILLS]
