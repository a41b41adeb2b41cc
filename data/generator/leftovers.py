"""What an earlier run left in a folder, so that no pattern reads two runs as one."""

import json
from pathlib import Path

from .many import path


def leftovers(folder: Path, shards: int) -> list[Path]:
    """The files of the run that wrote the folder's truth.json which one of so many shards does not write.

    Raises ValueError where other files power_*.csv would stay beside those of this run: they may be
    somebody's readings, and are not ours to remove.
    """
    staying = set(folder.glob("power_*.csv")) - _paths(folder, shards)
    ours = staying & _paths(folder, _shards(folder / "truth.json"))
    if foreign := sorted(file.name for file in staying - ours):
        raise ValueError(
            f"there are files that no run of the generator left here, such as {foreign[0]}, and they would be"
            " read as part of this one: move them away, or give another folder"
        )
    return sorted(ours)


def _paths(folder: Path, shards: int) -> set[Path]:
    return {path(folder, shard) for shard in range(shards)}


def _shards(truth: Path) -> int:
    return json.loads(truth.read_text()).get("shards", 0) if truth.exists() else 0
