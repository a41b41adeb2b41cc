"""xgboost_training.py CORES READINGS OUT: what a script without Spark would do in the place of train.py.

The same households, rows, folds, four kinds of model, scores and Acorn groups, by pyarrow, numpy and XGBoost
in one process. READINGS is the folder of a lake's readings; OUT gets the scores as JSON. Shares no code with
the job but the list of bank holidays.
"""

import hashlib
import json
import os
import sys
from pathlib import Path

os.environ["OMP_WAIT_POLICY"] = "PASSIVE"

import numpy as np
import pyarrow as pa
import pyarrow.dataset as ds
import xgboost
from london_power.train.holidays import BANK_HOLIDAYS

GROUPS = ["Affluent", "Comfortable", "Adversity", "ACORN-U", "ACORN-"]
ROWS, FOLD_ROWS = 2_000_000, 800_000


def main(cores: int, folder: str, out: Path) -> None:
    columns = ["household", "tariff", "time", "kwh", "acorn_group"]
    table = ds.dataset(folder, partitioning="hive").to_table(columns).unify_dictionaries()
    names = table["household"].combine_chunks().dictionary_encode()
    home, names = names.indices.to_numpy(), names.dictionary.to_pylist()
    last = np.zeros(len(names), np.int64)
    last[home] = np.arange(len(home))
    group = np.array([GROUPS.index(text) for text in table["acorn_group"].take(pa.array(last)).to_pylist()])
    tariff = np.array([text == "ToU" for text in table["tariff"].take(pa.array(last)).to_pylist()])
    slot = table["time"].cast(pa.int64()).to_numpy() // 1_000_000
    kwh = table["kwh"].to_numpy()
    told = acorn(names, group, home, slot, kwh)

    order = sorted(range(len(names)), key=lambda n: hashlib.sha256(names[n].encode()).digest()[:6])
    rows = np.bincount(home)[order].cumsum()
    chosen, few = (order[: int(np.searchsorted(rows, most, "right"))] for most in (ROWS, FOLD_ROWS))
    place = np.full(len(names), -1)
    place[chosen] = np.arange(len(chosen))
    mine = place[home] >= 0
    first, latest = slot[~np.isnan(kwh)].min(), slot[~np.isnan(kwh)].max()
    start, days = first // 86_400, latest // 86_400 - first // 86_400 + 1
    cells = np.full((len(chosen), days, 48), np.nan)
    at, value = slot[mine] // 1800 - start * 48, kwh[mine]
    whole = (slot[mine] % 1800 == 0) & ~np.isnan(value)
    cells.reshape(len(chosen), -1)[place[home[mine]][whole], at[whole]] = value[whole]
    del table, slot, kwh, home

    x, y, who, day = features(cells, start, group[chosen], tariff[chosen])
    end = latest - (latest - first) * 0.2
    cut = int((end + 43_200) // 86_400 - start)
    begin = first + 7 * 86_400
    ways = [
        int((begin + (cut * 86_400 + start * 86_400 - begin) * s + 43_200) // 86_400 - start)
        for s in (0.5, 0.75)
    ]
    small = who < len(few)
    errors, rounds = {}, []
    for since, until in zip(ways, [ways[1], cut], strict=True):
        learn, check = small & (day < since), small & (day >= since) & (day < until)
        for name, model in fit(cores, x[learn], y[learn], 60, (x[check], y[check])).items():
            errors.setdefault(name, []).append(np.square(model(x[check]) - y[check]).mean())
        rounds.append(fit.rounds)
    learn, test = day < cut, day >= cut
    models = fit(cores, x[learn], y[learn], round(np.mean(rounds)))
    found = {name: scores(y[test], model(x[test])) for name, model in models.items()}
    found["month_mean"] = scores(y[test], x[test, 8])
    best = min(errors, key=lambda name: np.mean(errors[name]))
    counts = {"rows_training": int(learn.sum()), "rows_test": int(test.sum())}
    out.write_text(json.dumps({"scores": found, "best": best, **counts, "acorn": told}))


def features(cells, start, group, tariff):
    """Rows × half hour, weekday, holiday, group, tariff, yesterday, last week, means of weeks and of 28 days,
    of the week and of all days, sine and cosine of the year.
    """

    def back(values, n):
        return np.pad(values, ((0, 0), (n, 0), (0, 0))[: values.ndim], constant_values=np.nan)[
            :, : values.shape[1]
        ]

    def trailing(values, n, latest):
        total = np.pad(values.cumsum(1), ((0, 0), (1, 0), (0, 0))[: values.ndim])
        upper = np.maximum(np.arange(values.shape[1]) - latest + 1, 0)
        return total[:, upper] - total[:, np.maximum(upper - n, 0)]

    with np.errstate(invalid="ignore"):
        read, known = ~np.isnan(cells), np.nan_to_num(cells)
        lags = [back(cells, 1), back(cells, 7)]
        weeks = [
            np.nan_to_num(back(each, n)) for each in (cells, read.astype(float)) for n in (7, 14, 21, 28)
        ]
        means = [sum(weeks[:4]) / sum(weeks[4:]), trailing(known, 28, 1) / trailing(read, 28, 1)]
        by_day, read_by_day = known.sum(2), read.sum(2)
        levels = [
            np.broadcast_to((trailing(by_day, n, 2) / trailing(read_by_day, n, 2))[:, :, None], cells.shape)
            for n in (7, cells.shape[1])
        ]
    homes, day, half_hour = np.nonzero(read & ~np.isnan(lags[0]) & ~np.isnan(lags[1]))
    dates = (start + np.arange(cells.shape[1])).astype("M8[D]")
    angle = ((dates - dates.astype("M8[Y]")).astype(int) + 1) * (2 * np.pi / 365.25)
    weekday, holiday = (start + day + 3) % 7, np.isin(dates, np.array(BANK_HOLIDAYS, "M8[D]"))[day]
    where = (homes, day, half_hour)
    columns = [
        half_hour,
        weekday,
        holiday,
        group[homes],
        tariff[homes],
        *(v[where] for v in lags + means + levels),
    ]
    x = np.column_stack([*columns, np.sin(angle)[day], np.cos(angle)[day]]).astype(np.float32)
    return x, cells[where], homes, day


def fit(cores, x, y, rounds, stop=None):
    """Name → a function that predicts; the rounds that were taken stay in `fit.rounds`."""
    common = {"nthread": cores, "base_score": float(y.mean()), "seed": 1}
    data = xgboost.QuantileDMatrix(x, y)
    more = {}
    if stop:
        ending = xgboost.callback.EarlyStopping(rounds=8, save_best=True)
        more = {"evals": [(xgboost.QuantileDMatrix(*stop, ref=data), "stop")], "callbacks": [ending]}
    kinds = {
        "tree": ({"eta": 1, "lambda": 0, "max_depth": 7, "min_child_weight": 50}, 1, {}),
        "forest": (
            {
                **{"eta": 1, "lambda": 0, "max_depth": 9, "min_child_weight": 20},
                **{"num_parallel_tree": 20, "subsample": 0.5, "colsample_bynode": 0.4},
            },
            1,
            {},
        ),
        "boosted": ({"eta": 0.2, "max_depth": 6, "min_child_weight": 20}, rounds, more),
    }
    boosters = {
        name: xgboost.train(common | settings, data, num_boost_round=n, verbose_eval=False, **extra)
        for name, (settings, n, extra) in kinds.items()
    }
    fit.rounds = boosters["boosted"].num_boosted_rounds()
    return {"linear": linear(x, y)} | {name: each.inplace_predict for name, each in boosters.items()}


def linear(x, y):
    wide = onehot(x)
    scale = wide.std(0) + 1e-9
    penalty = 0.0005 * len(y) * np.diag(scale**2)
    middle, mean = wide.mean(0), y.mean()
    product = wide.T @ wide - len(y) * np.outer(middle, middle) + penalty
    weights = np.linalg.solve(product, wide.T @ y - len(y) * middle * mean)
    return lambda other: onehot(other) @ weights + (mean - middle @ weights)


def onehot(x):
    codes = [x[:, [n]] == np.arange(1, size) for n, size in enumerate((48, 7, 2, 5, 2))]
    return np.hstack([*codes, x[:, 5:]])


def scores(y, predicted):
    error = y - predicted
    mse = float(np.square(error).mean())
    return {"mse": mse, "rmse": mse**0.5, "mae": float(np.abs(error).mean()), "r2": 1 - mse / float(y.var())}


def acorn(names, group, home, seconds, kwh):
    """The share of households whose group linear discriminants tell from load profiles, in four folds."""
    read = ~np.isnan(kwh)
    home, seconds, kwh = home[read], seconds[read], kwh[read]
    day = seconds // 86_400
    month = day.astype("M8[D]").astype("M8[M]").astype(int) % 12 + 1
    parts = [(seconds % 86_400) // 14_400 == n for n in range(6)]
    parts += [(day + 3) % 7 >= 5, *(month % 12 // 3 == n for n in range(4))]
    level = np.bincount(home, kwh) / np.bincount(home)
    shares = [np.bincount(home, kwh * p) / np.maximum(np.bincount(home, p), 1) / level for p in parts]
    x, y = np.column_stack([np.log(level), *shares])[group < 3], group[group < 3]
    order = np.argsort(
        [hashlib.sha256(n.encode()).digest()[:6].hex() for n, g in zip(names, group, strict=True) if g < 3]
    )
    fold, right = np.empty(len(y), int), 0
    for n in range(3):
        homes = order[y[order] == n]
        fold[homes] = np.arange(len(homes)) % 4
    for n in range(4):
        seen, asked = fold != n, fold == n
        centres = np.array([x[seen & (y == g)].mean(0) for g in range(3)])
        apart = x[seen] - centres[y[seen]]
        spread = apart.T @ apart / (seen.sum() - 3)
        spread = 0.5 * spread + 0.5 * np.diag(np.diag(spread) + 1e-6)
        weights = np.linalg.solve(spread, centres.T)
        offset = np.log(np.bincount(y[seen]) / seen.sum()) - 0.5 * (centres.T * weights).sum(0)
        right += ((x[asked] @ weights + offset).argmax(1) == y[asked]).sum()
    return float(right / len(y))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
