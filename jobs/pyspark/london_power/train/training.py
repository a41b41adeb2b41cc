"""The train job: fits each model on the time before a cut and scores it, beside baselines, on the time after
it.
"""

import time
from dataclasses import asdict
from datetime import timedelta

import numpy as np

from ..common import stamps
from ..common.documents import Documents
from ..common.errors import JobError
from ..common.figures import Clock, write_figures
from ..common.job import Job
from ..common.lake import Lake
from ..common.prices import read_prices
from ..common.schema import ACORN_GROUPS
from . import acorn, regressors, sampling, saved, tuning
from .card import card
from .evaluation import BASELINES, HARDEST, evaluate
from .features import DAYS_AHEAD
from .outputs import save, save_segments
from .quantiles import Errors, errors_of
from .regressors import REGRESSORS, Model
from .segments import segment
from .source import Source
from .split import MIN_ROWS, cut, day, folds
from .survey import Survey, survey
from .tables import files_of
from .tuning import FoldRows, tune

MAX_ROWS = 2_000_000

# Trying parameters takes many fits; on more rows than these the best hardly change.
TUNING_ROWS = 800_000
HISTORY = timedelta(days=7)  # before it no row can have a reading of a week before


def train(job: Job) -> dict:
    """Trains and saves the models of --models; returns what was done, and the scores of models and baselines
    on the test rows.

    Raises JobError when there are too few readings to train and test on, or an argument is out of range.
    """
    asked, clock = job.arguments, Clock()
    names = _checked(asked)
    lake = Lake(job.spark, asked.lake)
    documents = Documents(asked.mongo_credentials, asked.mongo_database) if asked.mongo_credentials else None

    job.stage("read the households")
    meant = stamps.read(lake)
    prices = read_prices(lake, asked.prices)
    seen = survey(job, files_of(lake.files, lake.path("readings")), asked.max_rows, meant, prices)
    sample = sampling.report(
        [ACORN_GROUPS[n] for n in seen.group], seen.rows, seen.values, seen.chosen, asked.max_rows
    )
    job.stage("build the features")
    at = cut(seen.first, seen.last, asked.test_fraction)
    panel = seen.panel
    every = Source(panel, asked.days_ahead)
    training = every.between(None, day(at) - panel.first_day)
    test = every.between(day(at) - panel.first_day, None)
    split = _split(asked, seen, sample, at, training, test)

    few, ways = _few(seen, min(TUNING_ROWS, asked.max_rows)), folds(seen.first + HISTORY, at)
    fold_rows = _fold_rows(Source(few, asked.days_ahead), ways)
    tuned, errors = tune(job, names, fold_rows, asked.seconds)
    best = tuning.best(tuned)
    models, seconds = _fit(job, {name: tuned[name]["chosen"] for name in names}, training)

    job.stage("test")
    hardest = {HARDEST: _errors_of_hardest(fold_rows[-1])} if fold_rows else {}
    found = evaluate(models, best, errors | hardest, training, test)
    parted = segment(seen.group, seen.profile)
    metrics: dict = {
        "split": split,
        "sample": sample,
        "days_ahead": asked.days_ahead,
        "prices": asked.prices is not None,
        "times": asdict(meant),
        **found.metrics,
        "parameters": {
            "budget_seconds": asked.seconds,
            "rows_at_most": TUNING_ROWS,
            "households": len(few.households),
            "folds": [{"start": f"{fold.start:%Y-%m-%d}", "end": f"{fold.end:%Y-%m-%d}"} for fold in ways],
            "models": tuned,
        },
        "fit_seconds": seconds,
        "classification": acorn.classify(seen.households, seen.group, seen.profile),
        "segments": parted.found,
    }
    job.stage("save")
    content = card(asked.run, metrics)
    keep = {
        name: saved.Saved(
            model,
            errors.get(name),
            asked.days_ahead,
            metrics["prices"],
            day(at),
            panel.households,
            meant,
        )
        for name, model in models.items()
    }
    where = save(lake, asked.run, keep, found.picture, content)
    where |= save_segments(lake, asked.run, seen, parted)
    write_figures(job, lake, "train", clock, metrics | where | {"card": content})
    if documents:
        documents.replace_result("model_card", asked.run, {"card": content})
    return metrics | where


def _checked(asked) -> list[str]:
    """The names of the models."""
    if not 0 < asked.test_fraction < 1:
        raise JobError(f"--test-fraction {asked.test_fraction} must lie between 0 and 1")
    if asked.seconds < 0 or asked.max_rows < 1:
        raise JobError(
            f"--seconds {asked.seconds} must be at least 0, --max-rows {asked.max_rows} at least 1"
        )
    if asked.days_ahead not in DAYS_AHEAD:
        raise JobError(f"--days-ahead {asked.days_ahead} must be {' or '.join(map(str, DAYS_AHEAD))}")
    return regressors.named(asked.models)


def _split(asked, seen: Survey, sample: dict, at, training: Source, test: Source) -> dict:
    """How the rows came about. Raises JobError when either side of the cut has too few."""
    rows_training, rows_test = training.facts[0], test.facts[0]
    if min(rows_training, rows_test) < MIN_ROWS:
        raise JobError(
            f"too little data to train on: {rows_training} rows before and {rows_test}"
            f" from {at:%Y-%m-%d} on have a reading, one of the day and one of the week before; each side"
            f" needs {MIN_ROWS}. Ingest a longer time (now {seen.first:%Y-%m-%d} to {seen.last:%Y-%m-%d}) or"
            " choose another --test-fraction"
        )
    return {
        "rows": sample["rows_used"],
        "rows_null": sample["rows_null"],
        "rows_training": rows_training,
        "rows_test": rows_test,
        "rows_without_lag": sample["rows_used"] - sample["rows_null"] - rows_training - rows_test,
        "first_time": seen.first.isoformat(),
        "cut": at.isoformat(),
        "last_time": seen.last.isoformat(),
        "test_fraction": asked.test_fraction,
    }


def _few(seen: Survey, most: int):
    """The panel of the first of the sample's households."""
    chosen = sampling.choose(seen.panel.households, seen.rows[seen.chosen], most)
    return seen.panel.of(chosen)


def _fold_rows(rows: Source, ways) -> list[FoldRows]:
    def place(moment) -> int:
        return day(moment) - rows.panel.first_day

    made = [
        FoldRows(rows.between(None, place(f.start)), rows.between(place(f.start), place(f.end))) for f in ways
    ]
    return [fold for fold in made if min(fold.training.facts[0], fold.validation.facts[0]) > 0]


def _errors_of_hardest(fold: FoldRows) -> Errors:
    """Of the hardest baseline, which has nothing to learn."""
    parts = [(BASELINES[HARDEST](rows, 0.0), rows.kwh) for rows in fold.validation.blocks()]
    return errors_of(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def _fit(job: Job, parameters: dict[str, dict], rows: Source) -> tuple[dict[str, Model], dict]:
    models, seconds = {}, {}
    for name, chosen in parameters.items():
        job.stage(f"train {name}")
        began = time.monotonic()
        models[name] = REGRESSORS[name].fit(rows, **chosen)
        seconds[name] = round(time.monotonic() - began, 1)
    return models, seconds
