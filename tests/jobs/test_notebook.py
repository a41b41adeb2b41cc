import pytest
from london_power import notebook
from london_power.common.errors import JobError
from london_power.common.schema import READINGS
from rows import MIXED
from settings import DATABASE


@pytest.fixture
def platform(monkeypatch, lake, credentials):
    """The environment in which a platform starts its notebooks."""
    monkeypatch.setenv("LONDON_POWER_LAKE", lake.root)
    monkeypatch.setenv("LONDON_POWER_MONGO_CREDENTIALS", str(credentials))
    monkeypatch.setenv("LONDON_POWER_MONGO_DATABASE", DATABASE)


def test_opens_the_lake_and_the_documents_of_the_platform(platform, run_job, database, write_csv, lake):
    run_job("ingest", "--csv", write_csv(*MIXED), "--lake", lake.root)
    spark, found, documents = notebook.connect("test")
    assert found.read("readings", READINGS).count() == 3
    assert spark.conf.get("spark.sql.session.timeZone") == "UTC", "as in the jobs"
    documents["mine"].insert_one({"_id": 1})
    assert database["mine"].find_one() == {"_id": 1}


@pytest.mark.parametrize("name", ["LAKE", "MONGO_CREDENTIALS", "MONGO_DATABASE"])
def test_says_so_where_no_platform_has_named_its_parts(platform, monkeypatch, name):
    monkeypatch.delenv(f"LONDON_POWER_{name}")
    with pytest.raises(JobError, match=f"LONDON_POWER_{name} is not set.*make notebook"):
        notebook.connect("test")
