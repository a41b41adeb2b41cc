"""Reads CSV files into the lake: good rows into the table of readings, all others into the quarantine."""

from london_power.common.job import Arguments, Job, main
from london_power.common.stamps import LABELS, ZONES
from london_power.ingest import ingestion
from london_power.ingest.evidence import AUTO


def arguments() -> Arguments:
    parser = Arguments(prog="ingest.py", description=__doc__)
    parser.add_argument(
        "--csv", action="append", required=True, metavar="URI", help="file, folder or glob; may be repeated"
    )
    parser.add_argument("--lake", required=True, metavar="URI")
    parser.add_argument(
        "--zone", choices=[AUTO, *ZONES], default=AUTO, help="whose clock the times are of; auto: as found"
    )
    parser.add_argument(
        "--label",
        choices=[AUTO, *LABELS],
        default=AUTO,
        help="whether a time is the start or the end of its half hour; auto: as found",
    )
    return parser


def work(job: Job) -> dict:
    return ingestion.ingest(job)


if __name__ == "__main__":
    main("ingest", arguments(), work)
