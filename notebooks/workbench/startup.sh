#!/usr/bin/env bash
# Runs as root at every start of a Workbench instance: gives its JupyterLab the project's notebooks, and a kernel with the
# jobs' packages that knows its platform. What it needs is a folder of the stack's bucket, named after its content.
set -euo pipefail

attribute() {
    curl -fsS -H 'Metadata-Flavor: Google' \
        "http://metadata.google.internal/computeMetadata/v1/instance/attributes/$1"
}

files=$(attribute london-power-files)
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
    jars=$("$venv/bin/python" -c 'import pathlib, pyspark; print(pathlib.Path(pyspark.__file__).parent / "jars")')
    "$venv/bin/python" "$folder/notebooks/workbench/fetch_connector.py" "$jars"
    touch "$folder/complete"
fi

# In the place of the image's own Python kernel, which is the one that the notebooks name.
place=/home/jupyter/.local/share/jupyter/kernels/python3
attribute london-power-environment | "$venv/bin/python" "$folder/notebooks/workbench/kernel.py" "$folder" "$place"
chown -R jupyter: /home/jupyter/.local
sudo -u jupyter "$venv/bin/python" "$folder/notebooks/deliver.py" /home/jupyter/london-power
