"""deliver.py FOLDER: copies the notebooks beside this file into a folder in which people work.

A copy that its owner has not changed is updated with the project's notebook. A changed copy stays as it is,
and the project's new version is put beside it as NAME.new.ipynb.
"""

import sys
from pathlib import Path


def deliver(folder: Path) -> None:
    """Updates the copies in `folder`; its file `.delivered` records the last delivery.

    Only the owner can read the folder, because outputs of cells show the user's data.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    for notebook in sorted(Path(__file__).parent.glob("*.ipynb")):
        content = notebook.read_bytes()
        copy, record = folder / notebook.name, folder / ".delivered" / notebook.name
        delivered = record.read_bytes() if record.exists() else None
        if not copy.exists() or copy.read_bytes() == delivered:
            write(copy, content)
        elif content not in (delivered, copy.read_bytes()):
            write(copy.with_suffix(".new.ipynb"), content)
        write(record, content)


def write(path: Path, content: bytes) -> None:
    """Writes a file completely or not at all: half a notebook would look like a changed one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)


if __name__ == "__main__":
    deliver(Path(sys.argv[1]))
