import json
import sys
from types import SimpleNamespace

import pytest
from conftest import ROOT
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


def test_the_notebook_asks_in_dataframe_syntax_and_in_sql_as_the_job_does(
    platform, run_job, lake, credentials, sample, database, monkeypatch
):
    mongo = ["--mongo-credentials", credentials, "--mongo-database", DATABASE]
    run_job("ingest", "--csv", sample, "--lake", lake.root)
    run_job("analyze", "--lake", lake.root, *mongo)
    for name in ("IPython", "IPython.display"):  # pictures are shown to nobody here
        monkeypatch.setitem(sys.modules, name, SimpleNamespace(Image=lambda *_, **__: None))
    cells = json.loads((ROOT / "notebooks/analysis_final.ipynb").read_text())["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    names: dict = {}
    for text in code[: 1 + next(n for n, text in enumerate(code) if 'documents["results"]' in text)]:
        exec(text, names)  # the last of them compares with what the job has stored
    assert {name: len(rows) for name, rows in names["answers"].items()} == {
        "monthly_by_acorn": 60,
        "std_vs_tou": 18,
    }
