"""What was put into the readings, for checking what an analysis or a model gets out of them."""

from . import noise, presence, prices, shapes, weather
from .household import household, level, times_here
from .shards import Plan


def truth(plan: Plan, rows: int) -> dict:
    """The effects, as a JSON object. Factors and shares are in 1000 unless their name says otherwise; lists
    of 48 are half hours from 00:00, of 8 each three hours from 00:00, of 12 the firsts of the months from
    January, with straight lines between. Days and half hours are those of London's clock, of the prices alone
    those of GMT; temperatures reach to the day after the last, into which London's summer time does.

    A reading is base_wh of the group × household level × season × heating × holiday × time of day × its
    change by group × response to the price × noise, in whole Wh.
    """
    temperature = weather.temperature(plan.seed, plan.start, plan.days + 1)
    return {
        "seed": plan.seed,
        "start": plan.start.isoformat(),
        "days": plan.days,
        "rows": rows,
        "shards": plan.shards,
        "groups": {
            name: {"base_wh": group.base_wh, "tou_share": group.tou_share, "shape": group.shape}
            for name, group in shapes.GROUPS.items()
        },
        "season": shapes.SEASON.tolist(),
        "weekday": shapes.WEEKDAY.tolist(),
        "weekend": shapes.WEEKEND.tolist(),
        "holiday": shapes.HOLIDAY,
        "holidays": weather.HOLIDAYS.astype(str).tolist(),
        "tou_choosers": shapes.CHOOSERS,
        "prices": {
            "year": prices.TRIAL_YEAR,
            "pence_per_kwh": prices.PENCE,
            "response": prices.RESPONSE,
            "response_after_high": prices.AFTER_HIGH,
            "half_hours_after_high": prices.AFTER_HALF_HOURS,
        },
        "weather": {
            "base_celsius": weather.BASE / 10,
            "heating_per_celsius_below_base": weather.HEATING,
            "autocorrelation_of_days": weather.PHI,
            "celsius_from_start": (temperature / 10).tolist(),
        },
        "noise": {
            "of_days": {"autocorrelation": noise.DAY_PHI, "deviation_of_log": noise.DAY_DEVIATION},
            "of_half_hours": {
                "autocorrelation": noise.HALF_HOUR_PHI,
                "deviation_of_log": noise.HALF_HOUR_DEVIATION,
            },
        },
        "in_65536": {
            "half_hours_twice": presence.TWICE,
            "half_hours_absent": presence.ABSENT,
            "half_hours_zero": presence.ZERO,
            "days_that_begin_a_gap": presence.GAPS,
        },
        "longest_gap_days": presence.GAP_DAYS,
        "households": [_household(plan, number) for number in range(plan.households)],
    }


def _household(plan: Plan, number: int) -> dict:
    home, here = household(plan.seed, number), times_here(plan.seed, number, plan.start, plan.days)
    return {
        "household": home.id,
        "tariff": home.tariff,
        "acorn": home.acorn,
        "acorn_group": home.group,
        "level": level(plan.seed, home),
        "first_day": here.first,
        "last_day": here.last,
        "rows": here.rows,
    }
