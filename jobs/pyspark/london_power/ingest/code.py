"""The version of the code that wrote the readings. After a change of the code, nothing is carried over."""

import hashlib
from importlib import resources

import numpy as np
import pyarrow as pa


def digest() -> str:
    """Returns 16 hex digits for the code of `common` and `ingest` and the versions of their libraries."""
    found = hashlib.sha256(f"{pa.__version__} {np.__version__}".encode())
    for package in ("common", "ingest"):
        folder = resources.files("london_power") / package
        for file in sorted(folder.iterdir(), key=lambda file: file.name):
            if file.name.endswith(".py"):
                found.update(file.name.encode() + file.read_bytes())
    return found.hexdigest()[:16]
