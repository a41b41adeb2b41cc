import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "notebooks/deliver.py"


@pytest.fixture
def project(tmp_path):
    """A project's folder with one notebook."""
    folder = tmp_path / "project"
    folder.mkdir()
    shutil.copy(SCRIPT, folder)
    (folder / "a.ipynb").write_text("first")
    return folder


@pytest.fixture
def deliver(project, tmp_path):
    """Delivers the project's notebooks; returns those that their owner sees, by name."""
    mine = tmp_path / "mine"

    def run():
        subprocess.run([sys.executable, project / "deliver.py", mine], check=True)
        return {path.name: path.read_text() for path in mine.glob("*.ipynb")}

    return run


def test_a_copy_that_nobody_has_changed_follows_the_project(deliver, project):
    assert deliver() == {"a.ipynb": "first"}
    (project / "a.ipynb").write_text("second")
    (project / "b.ipynb").write_text("another")
    assert deliver() == {"a.ipynb": "second", "b.ipynb": "another"}


def test_a_copy_that_was_changed_stays_and_the_projects_newer_one_comes_beside_it(deliver, project, tmp_path):
    deliver()
    (tmp_path / "mine/a.ipynb").write_text("mine")
    (tmp_path / "mine/own.ipynb").write_text("own")
    assert deliver() == {"a.ipynb": "mine", "own.ipynb": "own"}
    (project / "a.ipynb").write_text("second")
    for _ in range(2):
        assert deliver() == {"a.ipynb": "mine", "a.new.ipynb": "second", "own.ipynb": "own"}


def test_a_copy_that_was_there_before_anything_was_delivered_stays(deliver, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/a.ipynb").write_text("mine")
    assert deliver() == {"a.ipynb": "mine", "a.new.ipynb": "first"}


def test_a_copy_that_was_deleted_comes_back(deliver, tmp_path):
    deliver()
    (tmp_path / "mine/a.ipynb").unlink()
    assert deliver() == {"a.ipynb": "first"}


def test_the_copies_are_for_their_owner_alone(deliver, tmp_path):
    (tmp_path / "mine").mkdir(mode=0o755)
    deliver()
    assert (tmp_path / "mine").stat().st_mode & 0o777 == 0o700
