"""Loads into MongoDB in slices. A finished slice is noted in the collection `loads`, so that a load that was
interrupted goes on where it was.

    {_id: "data|<slice>", collection, load, run, slice, rows}       a finished slice of the load under way
    {_id: "data", load, run, documents, rows, months}               what the last whole load has left there

`load` says which one: its run, the kind of its documents, and what it read; `rows` counts documents, those of
a slice by month. `months` has for each month its `rows` and the `state` of the readings that it was made of:
the next load writes only months whose state differs. While one writes, the months concerned have no state.

A document is written as a whole and by its natural key, so a slice that was cut off in its midst is simply
written again. Documents of earlier loads go when all of the new are there; until then a reader finds both,
and each says the `run` that wrote it.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from pyspark.sql import DataFrame

from ..common.documents import Documents
from .document_kinds import Kind, month_of

NOTES = "loads"


@dataclass(frozen=True)
class Load:
    """Which load it is: one that differs in collection, run, source or kind starts anew. `months` has the
    state of each month of the source.
    """

    collection: str
    run: str
    source: str
    kind: Kind
    months: dict[str, str]

    @property
    def name(self) -> str:
        return f"{self.run}: {self.kind.name} of {self.source}"


class Held:
    """What a collection has of the last whole load; `changed` are the months of it or of this load that
    differ, `whole` says that nothing of it is known to stay.
    """

    def __init__(self, store: Documents, load: Load):
        self._store, self._load = store, load
        (self._note,) = store.find(NOTES, {"_id": load.collection}) or [{}]
        known = self._note.get("documents") == load.kind.name and self._note.get("run") != load.run
        # Somebody may have dropped the collection and left the note.
        before = self._note.get("months") if known and not store.is_empty(load.collection) else None
        self.whole = not before
        self._before = before or {}
        self.changed = [
            month
            for month in sorted(self._before.keys() | load.months)
            if self._before.get(month, {}).get("state") != load.months.get(month)
        ]

    def begin(self) -> None:
        """Notes that the months that differ are about to be written."""
        if self._note:
            unknown = {month: {"state": None, "rows": 0} for month in self.changed}
            months = {} if self.whole else self._before | unknown
            self._store.put(NOTES, {**self._note, "months": months})

    def end(self, written: Counter) -> int:
        """Notes what is there once all is written; returns how many documents that are."""
        rows = {month: note["rows"] for month, note in self._before.items() if month not in self.changed}
        rows |= written
        states = self._load.months.items()
        months = {month: {"state": state, "rows": rows[month]} for month, state in states}
        note = {"load": self._load.name, "run": self._load.run, "documents": self._load.kind.name}
        total = sum(rows.values())
        self._store.put(NOTES, {"_id": self._load.collection, **note, "rows": total, "months": months})
        return total


def resume(
    store: Documents, load: Load, held: Held, slices: dict[str, DataFrame], stage: Callable[[str], None]
) -> dict:
    """Makes the collection hold what the source does; the slices have the months that differ, and those that
    an earlier attempt has not finished are written.

    Returns documents (the kind), rows_loaded, months_loaded, slices, slices_done_before, and of this attempt
    rows_written, seconds and rows_per_second.
    """
    began = time.monotonic()
    of_this = {"collection": load.collection, "load": load.name, "run": load.run}
    # Another load may have overwritten what this one has noted as finished: only the latest keeps its notes.
    store.delete(NOTES, {"collection": load.collection, "load": {"$ne": load.name}})
    before = {note["slice"]: Counter(note["rows"]) for note in store.find(NOTES, of_this)}
    held.begin()
    rows: dict[str, Counter] = {}
    for number, (name, readings) in enumerate(slices.items(), 1):
        if name in before:
            continue
        stage(f"load {load.collection} into MongoDB, {name} ({number} of {len(slices)})")
        rows[name] = store.upsert(
            load.collection, load.kind.rows(readings), load.run, load.kind.document, month_of
        )
        store.put(NOTES, {"_id": f"{load.collection}|{name}", "slice": name, "rows": rows[name], **of_this})
    stage(f"remove what {load.collection} no longer holds")
    if held.whole:
        store.delete(load.collection, {"run": {"$ne": load.run}})
    elif held.changed:
        store.delete(load.collection, {"run": {"$ne": load.run}, **load.kind.in_months(held.changed)})
    written = sum(rows.values(), Counter())
    total = held.end(sum((before | rows).values(), Counter()))
    store.delete(NOTES, of_this)
    seconds = time.monotonic() - began
    return {
        "documents": load.kind.name,
        "rows_loaded": total,
        "months_loaded": held.changed,
        "slices": len(slices),
        "slices_done_before": len(before),
        "rows_written": written.total(),
        "seconds": round(seconds, 1),
        "rows_per_second": round(written.total() / seconds),
    }
