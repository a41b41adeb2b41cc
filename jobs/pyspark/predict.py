"""Predicts kWh per half hour with a model that train.py has saved, and writes the predictions to the lake."""

import datetime

from london_power.common.job import Arguments, Job, main
from london_power.train import prediction


def arguments() -> Arguments:
    parser = Arguments(prog="predict.py", description=__doc__)
    parser.add_argument("--lake", required=True, metavar="URI")
    parser.add_argument("--prices", metavar="URI", help="CSV with the time-of-use price of each half hour")
    parser.add_argument("--model", default="boosted", help="linear, tree, forest or boosted")
    parser.add_argument(
        "--readings", metavar="URI", help="Parquet of the columns of the lake's readings, in their place"
    )
    parser.add_argument(
        "--since", type=datetime.date.fromisoformat, metavar="YYYY-MM-DD", help="predict from this day on"
    )
    parser.add_argument(
        "--horizon",
        type=int,
        metavar="DAYS",
        help="predict the half hours of so many days after each household's last reading",
    )
    return parser


def work(job: Job) -> dict:
    return prediction.predict(job)


if __name__ == "__main__":
    main("predict", arguments(), work)
