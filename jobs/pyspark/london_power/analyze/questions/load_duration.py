"""The load-duration curve by Acorn group: the demand of all homes at once, for each of them, that is reached
in so many per cent of the half hours, counted as in peak_demand; 0 % stands for the highest.
"""

from ...common.answers import LOAD_DURATION as NAME
from .. import profile_plots
from ..question import Question
from .peak_demand import RANKED

_PERCENTS = [0, 1, 2, 5, *range(10, 100, 10), 95, 98, 99, 100]

LOAD_DURATION = Question(
    name=NAME,
    text=f"""
{RANKED}
SELECT acorn_group, percent, max(most) AS households, max(kw) AS kw
FROM ranked JOIN (VALUES {", ".join(f"({percent})" for percent in _PERCENTS)}) AS percents (percent)
  ON place = greatest(1, ceil(percent * half_hours / 100e0))
GROUP BY acorn_group, percent
""",
    order=["acorn_group <> 'all'", "acorn_group", "percent"],
    units={"percent": "%", "kw": "kW per household"},
    plot=profile_plots.duration,
    shown=False,
)
