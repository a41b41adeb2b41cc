"""Loads into MongoDB in slices. A finished slice is noted in the collection `loads`, so that a load that was
interrupted goes on where it was.

    {_id: "data|<slice>", collection, load, run, slice, rows}    a finished slice of the load under way
    {_id: "data", load, run, documents, rows}                    what the last whole load has left there

`load` says which one: its run, the kind of its documents, and what it read. A document is written as a whole
and by its natural key, so a slice that was cut off in its midst is simply written again. Documents of earlier
loads go when all of the new are there; until then a reader finds both, and each says its `run`.
"""

import time
from collections.abc import Callable
from typing import NamedTuple

from pyspark.sql import DataFrame

from ..common.documents import Documents
from .document_kinds import Kind

NOTES = "loads"


class Load(NamedTuple):
    """Which load it is: one that differs in any of these starts anew."""

    collection: str
    run: str
    source: str
    kind: Kind

    @property
    def name(self) -> str:
        return f"{self.run}: {self.kind.name} of {self.source}"


def resume(
    store: Documents, load: Load, slices: dict[str, DataFrame], stage: Callable[[str], None]
) -> dict[str, str | int | float]:
    """Makes the collection hold what the slices do, those first that an earlier attempt has not finished.

    Returns documents (the kind), rows_loaded, slices, slices_done_before, and of this attempt rows_written,
    seconds and rows_per_second.
    """
    began = time.monotonic()
    of_this = {"collection": load.collection, "load": load.name, "run": load.run}
    # Another load may have overwritten what this one has noted as finished: only the latest keeps its notes.
    store.delete(NOTES, {"collection": load.collection, "load": {"$ne": load.name}})
    before = {note["slice"]: note["rows"] for note in store.find(NOTES, of_this)}
    rows = {}
    for number, (name, readings) in enumerate(slices.items(), 1):
        if name in before:
            continue
        stage(f"load {load.collection} into MongoDB, {name} ({number} of {len(slices)})")
        rows[name] = store.upsert(load.collection, load.kind.rows(readings), load.run, load.kind.document)
        store.put(NOTES, {"_id": f"{load.collection}|{name}", "slice": name, "rows": rows[name], **of_this})
    stage(f"remove what {load.collection} no longer holds")
    store.delete(load.collection, {"run": {"$ne": load.run}})
    written, total = sum(rows.values()), sum((before | rows).values())
    held = {"load": load.name, "run": load.run, "documents": load.kind.name, "rows": total}
    store.put(NOTES, {"_id": load.collection, **held})
    store.delete(NOTES, of_this)
    seconds = time.monotonic() - began
    return {
        "documents": load.kind.name,
        "rows_loaded": total,
        "slices": len(slices),
        "slices_done_before": len(before),
        "rows_written": written,
        "seconds": round(seconds, 1),
        "rows_per_second": round(written / seconds),
    }
