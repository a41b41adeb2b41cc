import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


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
    assert (Path(kernel["env"]["JAVA_HOME"]) / "bin/java").exists()

    look = "import os, london_power.notebook; print(os.environ['LONDON_POWER_LAKE'])"
    seen = subprocess.run(
        [sys.executable, "-c", look], env={**os.environ, **kernel["env"]}, capture_output=True, text=True
    )
    assert seen.stdout == "gs://bucket/lake\n", seen.stderr
