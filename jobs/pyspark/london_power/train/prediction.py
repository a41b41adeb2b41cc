"""The predict job: a saved model's predictions for readings, by the same features as in training."""

import uuid
from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ..common import stores
from ..common.errors import JobError
from ..common.job import Job
from ..common.lake import Lake
from ..common.prices import read_prices
from ..common.stamps import HALF_HOUR_MICROS
from . import features, regressors, saved
from .given import check
from .horizon import days_to_come
from .panel import Panel
from .quantiles import QUANTILES
from .scan import HALF_HOURS, NO_ROW
from .scores import Tally
from .survey import survey
from .tables import files_of

_EVERY_ROW = 1 << 62
_SCHEMA = pa.schema(
    [
        ("household", pa.dictionary(pa.int32(), pa.string())),
        ("time", pa.timestamp("us", tz="UTC")),
        ("kwh", pa.float64()),
        ("prediction", pa.float64()),
        *((name, pa.float64()) for name in QUANTILES),
    ]
)
# Whether a row lies in the time that was learned from, and its household was seen then.
_PARTS = {
    (False, True): "training time, seen homes",
    (False, False): "training time, unseen homes",
    (True, True): "later time, seen homes",
    (True, False): "later time, unseen homes",
}


def predict(job: Job) -> dict:
    """Writes the table predictions/<model>: household, time, kwh (null where not read), prediction and its
    quantiles (null where it comes from other predictions), for each half hour from --since on, or of the
    --horizon days after each household's last reading, with a reading of the day (or the two days) and of the
    week before; returns its path, rows and scores: of all, and by whether the model has learned from that
    time and that household.

    Raises JobError where the model has not been trained, or with prices where --prices names none, or the
    other way round; where --readings has an Acorn group or tariff that no model knows, or no half hour can be
    predicted.
    """
    asked = job.arguments
    if asked.horizon is not None and (asked.horizon < 1 or asked.since):
        raise JobError("--horizon takes a number of days from 1 on, and no --since")
    if asked.model not in regressors.REGRESSORS:
        known = ", ".join(regressors.REGRESSORS)
        raise JobError(f"--model {asked.model} is none of the models; there are {known}")
    lake = Lake(job.spark, asked.lake)
    job.stage(f"load {asked.model}")
    folder = lake.path(f"models/{asked.model}")
    model = saved.read(lake, asked.model)
    if model.prices != (asked.prices is not None):
        given = "with --prices: give them" if model.prices else "without prices: leave out --prices"
        raise JobError(f"the model in {folder} was trained {given}, or run train again")

    job.stage("read the households")
    files = files_of(lake.files, asked.readings or lake.path("readings"))
    if asked.readings:
        check(job, asked.readings, files, asked.since)
    found = survey(job, files, _EVERY_ROW, model.stamps, read_prices(lake, asked.prices))

    job.stage("predict")
    table = f"predictions/{asked.model}"
    work = _Predicting(model, found.panel, asked.since, asked.horizon)
    with lake.staged(table, asked.run) as path:
        work.write(path)
        if work.rows == 0:
            raise JobError(
                f"nothing to predict{f' from {asked.since} on' if asked.since else ''}: no half hour has a"
                f" reading of the day and of the week before;"
                f" the last reading is of {found.last:%Y-%m-%d %H:%M}"
            )
    lake.publish(table, path)
    return {"model": asked.model, "trained": folder, "predictions": path, **work.report()}


class _Predicting:
    def __init__(self, model: saved.Saved, panel: Panel, since: date | None, horizon: int | None):
        self._saved, self._panel, self._horizon = model, panel, horizon
        first = 0 if since is None else (since - date(1970, 1, 1)).days - panel.first_day
        self._first_slot = first * HALF_HOURS
        self._cut_slot = (model.cut - panel.first_day) * HALF_HOURS
        known = set(model.households)
        self._seen = np.array([name in known for name in panel.households])
        self._tallies = {part: Tally(len(panel.households), ["prediction"]) for part in [None, *_PARTS]}
        self.rows, self._asked = 0, 0

    def write(self, folder: str) -> None:
        """Fills the folder, some households at a time."""
        panel = self._panel
        with (
            stores.open_output(f"{folder}/part-{uuid.uuid4().hex}.zstd.parquet") as file,
            pq.ParquetWriter(file, _SCHEMA, compression="zstd") as writer,
        ):
            step = max(1, (1 << 20) // (panel.days * HALF_HOURS))
            for first in range(0, len(panel.households), step):
                homes = slice(first, min(first + step, len(panel.households)))
                made = self._to_come(homes, self._horizon) if self._horizon else self._read(homes)
                rows, predicted, from_readings = made
                if len(rows.kwh):
                    self._count(rows, predicted)
                    writer.write_table(self._table(rows, predicted, from_readings))

    def report(self) -> dict:
        """Rows, those left out for want of an earlier reading, those that were read, and where there are some
        the scores over these.
        """
        whole = self._tallies[None]
        found: dict = {
            "rows": self.rows,
            "rows_without_lag": self._asked - self.rows,
            "rows_read": whole.rows(),
        }
        if whole.rows():
            found |= whole.scores()
            found["by_part"] = {
                _PARTS[part]: {"rows": tally.rows(), **tally.scores()["prediction"]}
                for part, tally in self._tallies.items()
                if part and tally.rows()
            }
        return found

    def _read(self, homes: slice) -> tuple[features.Rows, np.ndarray, np.ndarray]:
        """The rows that there are, their predictions, and that these come from readings."""
        panel = self._panel
        rows = features.build(panel, homes, self._saved.days_ahead, unread=True)
        rows = rows.where(rows.slot >= self._first_slot)
        there = panel.cells[homes].reshape(-1, panel.days * HALF_HOURS) != NO_ROW
        self._asked += int(there[:, max(self._first_slot, 0) :].sum())
        return rows, regressors.predict(self._saved.model, rows.features), np.ones(len(rows.kwh), bool)

    def _to_come(self, homes: slice, days: int) -> tuple[features.Rows, np.ndarray, np.ndarray]:
        """The same of so many days after each household's last reading."""
        panel = self._panel.of(np.arange(homes.start, homes.stop))
        rows, predicted, from_readings = days_to_come(self._saved, panel, days)
        self._asked += int((panel.cells >= 0).any((1, 2)).sum()) * days * HALF_HOURS
        return replace(rows, home=rows.home + homes.start), predicted, from_readings

    def _count(self, rows: features.Rows, predicted: np.ndarray) -> None:
        self.rows += len(rows.kwh)
        read = ~np.isnan(rows.kwh)
        later, seen = rows.slot >= self._cut_slot, self._seen[rows.home]
        for part, tally in self._tallies.items():
            here = read if part is None else read & (later == part[0]) & (seen == part[1])
            if here.any():
                tally.add(rows.home[here], rows.kwh[here], {"prediction": predicted[here]})

    def _table(self, rows: features.Rows, predicted: np.ndarray, from_readings: np.ndarray) -> pa.Table:
        start = self._panel.first_day * HALF_HOURS
        time = (start + rows.slot.astype(np.int64)) * HALF_HOUR_MICROS
        names = pa.DictionaryArray.from_arrays(rows.home, pa.array(self._panel.households, pa.string()))
        columns = [names, pa.array(time).cast(_SCHEMA.field("time").type)]
        columns += [pa.array(rows.kwh, from_pandas=True), pa.array(predicted)]
        errors = self._saved.errors
        around = (
            np.full((len(QUANTILES), len(predicted)), np.nan)
            if errors is None
            else errors.around(predicted).T
        )
        columns += [pa.array(np.where(from_readings, each, np.nan), from_pandas=True) for each in around]
        return pa.table(columns, schema=_SCHEMA)
