"""Mean kWh per half hour by season, Acorn group and half hour of the day, with the readings that it is of,
the households that have any then, and a 95 % interval over these (intervals.py): 960 rows at most.
"""

from ...common.answers import PROFILE as NAME
from ...common.answers import SEASONS
from .. import profile_plots
from ..intervals import PROFILE, PROFILE_UNITS, with_bounds
from ..question import Question

LOAD_PROFILE = Question(
    name=NAME,
    text=PROFILE.format(
        columns="part AS season, acorn_group", by="season, acorn_group", asked="part <> '2013'"
    ),
    order=[
        "CASE season " + " ".join(f"WHEN '{name}' THEN {at}" for at, name in enumerate(SEASONS)) + " END",
        "acorn_group",
        "half_hour",
    ],
    units=PROFILE_UNITS,
    plot=profile_plots.profile,
    finish=with_bounds("mean_kwh"),
    shown=False,
)
