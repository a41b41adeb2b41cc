"""What was put into the readings, for checking what an analysis or a model gets out of them."""

from . import shapes
from .household import household, level
from .shards import Plan


def truth(plan: Plan, rows: int) -> dict:
    """The effects, as a JSON object. Factors are in 1000; lists of 48 are half hours from 00:00, of 12 the
    firsts of the months from January, with straight lines between.

    A reading is group mean × household level × season × day × time of day (× tariff) × noise, in whole Wh.
    """
    homes = [household(plan.seed, number) for number in range(plan.households)]
    return {
        "seed": plan.seed,
        "start": plan.start.isoformat(),
        "days": plan.days,
        "rows": rows,
        "shards": plan.shards,
        "group_mean_wh": {name: mean for name, (mean, _, _) in shapes.GROUPS.items()},
        "season": shapes.SEASON.tolist(),
        "weekday": shapes.WEEKDAY.tolist(),
        "weekend": shapes.WEEKEND.tolist(),
        "tou_year": shapes.TRIAL_YEAR,
        "tou": shapes.TOU.tolist(),
        "day": shapes.DAY.tolist(),
        "noise": shapes.NOISE.tolist(),
        "households": [
            {
                "household": home.id,
                "tariff": home.tariff,
                "acorn": home.acorn,
                "acorn_group": home.group,
                "level": level(plan.seed, home),
            }
            for home in homes
        ],
    }
