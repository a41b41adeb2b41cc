import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FETCH = ROOT / "notebooks/workbench/fetch-connector.sh"


def test_the_kernel_of_a_workbench_instance_knows_its_platform_and_finds_the_jobs_package(tmp_path):
    environment = {"LONDON_POWER_LAKE": "gs://bucket/lake"}
    script = ROOT / "notebooks/workbench/kernel.py"
    place = tmp_path / "kernels/python3"
    subprocess.run(
        [sys.executable, script, ROOT, place], input=json.dumps(environment), text=True, check=True
    )
    kernel = json.loads((place / "kernel.json").read_text())
    assert kernel["argv"][0] == f"{ROOT}/venv/bin/python"
    assert "fs.gs.impl" in kernel["env"]["PYSPARK_SUBMIT_ARGS"]
    assert "spark.authenticate=true" in kernel["env"]["PYSPARK_SUBMIT_ARGS"]
    assert (Path(kernel["env"]["JAVA_HOME"]) / "bin/java").exists()

    look = "import os, london_power.notebook; print(os.environ['LONDON_POWER_LAKE'])"
    seen = subprocess.run(
        [sys.executable, "-c", look], env={**os.environ, **kernel["env"]}, capture_output=True, text=True
    )
    assert seen.stdout == "gs://bucket/lake\n", seen.stderr


@pytest.fixture
def fetch(tmp_path):
    """Fetches the connector with a script and a download of the test's own; its end, and the jars then."""
    programs, jars = tmp_path / "programs", tmp_path / "jars"
    programs.mkdir()
    jars.mkdir()

    def run(script: str, download: bytes) -> tuple[subprocess.CompletedProcess, list[Path]]:
        (tmp_path / "download").write_bytes(download)
        curl = programs / "curl"
        curl.write_text(f"""#!/bin/bash
for each; do if [ "$before" = -o ]; then cp '{tmp_path}/download' "$each"; fi; before=$each; done""")
        curl.chmod(0o755)
        path = f"{programs}:{os.environ['PATH']}"
        ended = subprocess.run(
            ["bash", "-c", script, "fetch", jars],
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
        )
        return ended, list(jars.iterdir())

    return run


def test_the_way_to_the_bucket_is_taken_by_its_sum(fetch):
    ended, jars = fetch(FETCH.read_text(), b"another")
    assert ended.returncode != 0
    assert "FAILED" in ended.stdout
    assert jars == []

    reviewed = re.sub("(?<=sum=)[0-9a-f]{64}", hashlib.sha256(b"reviewed").hexdigest(), FETCH.read_text())
    ended, jars = fetch(reviewed, b"reviewed")
    assert ended.returncode == 0, ended.stderr
    assert [jar.read_bytes() for jar in jars] == [b"reviewed"]


def test_the_way_to_the_bucket_is_the_one_that_the_tests_take_and_the_start_takes_no_other():
    tested = (ROOT / "tests/fake-google/jars.sha256").read_text().split()[0]
    ivy = (ROOT / "tests/fake-google/ivy.xml").read_text()
    version = re.search('name="gcs-connector" rev="([^"]+)"', ivy)[1]
    assert f"sum={tested}\n" in FETCH.read_text()
    assert f"version={version} " in FETCH.read_text()
    start = (ROOT / "notebooks/workbench/startup.sh").read_text()
    assert FETCH.name in start
    assert ".jar" not in start
