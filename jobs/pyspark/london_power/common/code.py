"""Which code has made a thing that is kept from run to run: another code may make another."""

import hashlib
from importlib import resources

import numpy as np
import pyarrow as pa


def digest_of(*packages: str) -> str:
    """Of these packages of london_power, and of the libraries that do the work."""
    digest = hashlib.sha256(f"{pa.__version__} {np.__version__}".encode())
    for package in packages:
        folder = resources.files("london_power") / package
        for file in sorted(folder.iterdir(), key=lambda file: file.name):
            if file.name.endswith(".py"):
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]
