"""Answers the two questions from the lake's readings: use by Acorn group and month; standard against
time-of-use tariff.
"""

from london_power.analyze import analysis
from london_power.common.job import Arguments, Job, main


def arguments() -> Arguments:
    parser = Arguments(prog="analyze.py", description=__doc__)
    parser.add_argument("--lake", required=True, metavar="URI")
    parser.add_argument("--prices", metavar="URI", help="CSV with the time-of-use price of each half hour")
    parser.add_argument("--mongo-credentials", metavar="FILE", help="also store the results in MongoDB")
    parser.add_argument("--mongo-database", default="power")
    return parser


def work(job: Job) -> dict:
    return analysis.analyze(job)


if __name__ == "__main__":
    main("analyze", arguments(), work)
