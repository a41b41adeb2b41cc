"""Puts what the other jobs have stored in the lake on one HTML page that needs nothing else."""

from london_power.common.job import Arguments, Job, main
from london_power.report import report


def arguments() -> Arguments:
    parser = Arguments(prog="report.py", description=__doc__)
    parser.add_argument("--lake", required=True, metavar="URI")
    return parser


def work(job: Job) -> dict:
    return report(job)


if __name__ == "__main__":
    main("report", arguments(), work)
