"""Mean kWh per half hour over the day in 2013, when prices depended on the time, by tariff, with a 95 %
interval over households (intervals.py). Homes chose their tariff, so a difference is no effect of it.
"""

from ...common.answers import TARIFF_PROFILE as NAME
from .. import profile_plots
from ..intervals import PROFILE, PROFILE_UNITS, with_bounds
from ..question import Question

TARIFF_PROFILE = Question(
    name=NAME,
    text=PROFILE.format(columns="tariff", by="tariff", asked="part = '2013'"),
    order=["tariff", "half_hour"],
    units=PROFILE_UNITS,
    plot=profile_plots.by_tariff,
    finish=with_bounds("mean_kwh"),
    shown=False,
)
