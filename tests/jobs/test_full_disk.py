"""A disk that is full: a file system of this size, which a process has to itself."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pyspark
import pytest
from settings import conf_arguments

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives a process mounts of its own")
def test_an_ingest_that_fills_the_disk_names_the_folder_and_leaves_nothing(tmp_path):
    lake = tmp_path / "lake"
    lake.mkdir()
    ingest = [
        *(str(Path(sys.executable).parent / "spark-submit"), "--master", "local[2]", *conf_arguments()),
        *(str(ROOT / "jobs/pyspark/ingest.py"), "--csv", str(ROOT / "data/power_1.csv")),
        *("--lake", lake.as_uri(), "--run", "full"),
    ]
    script = 'mount -t tmpfs -o size=64k tmpfs "$0" && "$@"; find "$0" -type f >&2'
    ended = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, str(lake), *ingest],
        env=os.environ | {"SPARK_HOME": str(Path(pyspark.__file__).parent), "PYSPARK_PYTHON": sys.executable},
        capture_output=True,
        text=True,
        timeout=150,
    )
    [error] = [json.loads(line.split(" ", 1)[1]) for line in ended.stdout.splitlines() if '"error"' in line]
    assert error["type"] == "JobError", ended.stderr
    assert error["message"].startswith(f"no space is left on the disk of {lake.as_uri()}/readings/run=full: ")
    assert "pulumi config set london-power:workspace " in error["message"]
    assert str(lake) not in ended.stderr.rsplit("\n\t", 1)[-1], "no file is left"
