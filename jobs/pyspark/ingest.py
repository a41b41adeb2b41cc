"""Loads readings: CSV files or the lake → the lake and/or MongoDB."""

from london_power import ingestion
from london_power.job import Arguments, Job, main


def arguments() -> Arguments:
    parser = Arguments(prog="ingest.py", description=__doc__)
    parser.add_argument("--from", dest="source", required=True, choices=["csv", "lake"])
    parser.add_argument(
        "--csv", action="append", default=[], metavar="URI", help="file, folder or glob; may be repeated"
    )
    parser.add_argument("--to", required=True, metavar="lake[,mongo]", help="where to: lake, mongo, or both")
    parser.add_argument(
        "--engine",
        choices=["arrow", "spark"],
        default="arrow",
        help="what reads CSV into the lake: arrow is several times faster; where it cannot reach the files,"
        " spark does it and the metrics say so",
    )
    parser.add_argument("--lake", metavar="URI")
    parser.add_argument("--mongo-credentials", metavar="FILE", help="a file with one line, a mongodb:// URI")
    parser.add_argument("--mongo-database", default="power")
    parser.add_argument("--mongo-collection", default="data")
    parser.add_argument(
        "--documents",
        choices=["auto", "daily", "raw"],
        default="auto",
        help="what becomes a document in MongoDB: a reading (raw), a household's day (daily), or auto:"
        " readings while there are no more than 5 million of them, else days",
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
    return ingestion.ingest(job)


if __name__ == "__main__":
    main("ingest", arguments(), work)
