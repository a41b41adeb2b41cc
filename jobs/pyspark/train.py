"""Trains models that predict a household's kWh per half hour, and scores them against baselines on later
time; tells Acorn groups by consumption.
"""

from london_power.common.job import Arguments, Job, main
from london_power.train import training
from london_power.train.regressors import REGRESSORS


def arguments() -> Arguments:
    parser = Arguments(prog="train.py", description=__doc__)
    parser.add_argument("--lake", required=True, metavar="URI")
    parser.add_argument("--prices", metavar="URI", help="CSV with the time-of-use price of each half hour")
    parser.add_argument("--mongo-credentials", metavar="FILE", help="also store the model card in MongoDB")
    parser.add_argument("--mongo-database", default="power")
    parser.add_argument(
        "--test-fraction", type=float, default=0.2, help="the share of the time that is kept for testing"
    )
    parser.add_argument(
        "--models", default=",".join(REGRESSORS), metavar="NAME,…", help="which to train; default: all"
    )
    parser.add_argument(
        "--seconds", type=int, default=0, help="how long parameters may be tried; 0 takes the usual ones"
    )
    parser.add_argument(
        "--max-rows",
        type=int,
        default=training.MAX_ROWS,
        help="take no more households than have so many rows together",
    )
    parser.add_argument(
        "--days-ahead",
        type=int,
        default=1,
        help="2 uses no reading of the last two days, where meters report up to a day late; default: 1",
    )
    return parser


def work(job: Job) -> dict:
    return training.train(job)


if __name__ == "__main__":
    main("train", arguments(), work)
