"""Trains models that predict a household's kWh per half hour, and scores them against baselines on later
time.
"""

from london_power import training
from london_power.job import Arguments, Job, main


def arguments() -> Arguments:
    parser = Arguments(prog="train.py", description=__doc__)
    parser.add_argument("--lake", required=True, metavar="URI")
    parser.add_argument("--mongo-credentials", metavar="FILE", help="also store the model cards in MongoDB")
    parser.add_argument("--mongo-database", default="power")
    parser.add_argument(
        "--test-fraction", type=float, default=0.2, help="the share of the time that is kept for testing"
    )
    return parser


def work(job: Job) -> dict:
    return training.train(job)


if __name__ == "__main__":
    main("train", arguments(), work)
