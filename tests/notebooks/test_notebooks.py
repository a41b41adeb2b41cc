"""What stands in git of the notebooks; tests/e2e runs them on the platforms."""

import json
import re
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


def test_both_are_there():
    assert [path.stem for path in NOTEBOOKS] == ["analysis_final", "startup_default_mongo"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_is_kept_without_outputs(path):
    mend = f"clear them: .venv-notebook/bin/jupyter nbconvert --clear-output --inplace notebooks/{path.name}"
    for cell in code_cells(path):
        assert cell["outputs"] == [] and cell["execution_count"] is None, f"{path.name} has outputs; {mend}"
        assert cell["metadata"] == {}, f"{path.name} has traces of a run; {mend}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_names_no_target_no_address_and_no_password(path):
    text = "\n".join("".join(cell["source"]) for cell in code_cells(path))
    assert re.findall(r"(?i)\w+://\S+|passw\w*|local\[|hdfs|127\.0\.0\.1|LONDON_POWER_\w+", text) == []


def code_cells(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert notebook["metadata"]["kernelspec"]["name"] == "python3", "the kernel that every target has"
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
