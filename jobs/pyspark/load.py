"""Loads the readings of the lake into MongoDB."""

from london_power.common.job import Arguments, Job, main
from london_power.load import loading


def arguments() -> Arguments:
    parser = Arguments(prog="load.py", description=__doc__)
    parser.add_argument("--lake", required=True, metavar="URI")
    parser.add_argument(
        "--mongo-credentials", required=True, metavar="FILE", help="a file with one line, a mongodb:// URI"
    )
    parser.add_argument("--mongo-database", default="power")
    parser.add_argument("--mongo-collection", default="data")
    parser.add_argument(
        "--documents",
        choices=["auto", "daily", "raw"],
        default="auto",
        help="what becomes a document in MongoDB: a reading (raw), a household's day (daily), or auto:"
        " readings while there are no more than 100,000 of them, else days",
    )
    parser.add_argument(
        "--slice",
        type=int,
        default=500_000,
        metavar="N",
        help="documents in a slice of a load, about: a load that was interrupted repeats one slice at most",
    )
    return parser


def work(job: Job) -> dict:
    return loading.load(job)


if __name__ == "__main__":
    main("load", arguments(), work)
