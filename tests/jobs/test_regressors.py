import numpy as np
import pytest
from london_power.train import linear, regressors, trees
from london_power.train.features import CATEGORIES, NUMBERS
from london_power.train.source import Source
from panels import panel

RNG = np.random.default_rng(1)
HOMES = {f"MAC{n:06d}": {s: float(RNG.integers(0, 999)) / 1000 for s in range(40 * 48)} for n in range(3)}


@pytest.fixture
def rows():
    return Source(panel(HOMES, 40), 1)


def every(rows):
    blocks = list(rows.blocks())
    return tuple(np.concatenate([getattr(b, name) for b in blocks]) for name in ("features", "kwh"))


def test_the_normal_equations_find_what_least_squares_on_all_columns_finds(rows):
    features, kwh = every(rows)
    coded = [
        features[:, n] == value
        for n, values in enumerate(CATEGORIES.values())
        for value in range(1, len(values))
    ]
    columns = np.column_stack([np.ones(len(kwh)), *coded, features[:, -len(NUMBERS) :]]).astype(float)
    expected = columns @ np.linalg.lstsq(columns, kwh, rcond=None)[0]
    assert linear.fit(rows, shrinkage=1e-12).predict(features) == pytest.approx(expected, abs=1e-6)


def test_shrinkage_draws_predictions_to_the_mean(rows):
    features, kwh = every(rows)
    spread = [linear.fit(rows, shrinkage=each).predict(features).std() for each in (0, 1, 1000)]
    assert spread == sorted(spread, reverse=True)
    assert linear.fit(rows, shrinkage=1e9).predict(features) == pytest.approx(kwh.mean(), abs=1e-6)


@pytest.mark.parametrize(
    "fit", [trees.fit_tree, lambda rows, **more: trees.fit_forest(rows, trees=5, **more)]
)
def test_trees_are_the_same_with_any_number_of_threads(rows, fit):
    features, _ = every(rows)
    one, three = (fit(rows, max_depth=4, nthread=n).predict(features) for n in (1, 3))
    assert (one == three).all()


def test_no_model_predicts_a_negative_consumption():
    # On some half hours nothing is used, on others far more than usual: a line goes below zero between them.
    used = {n: float(n % 48 == 40) * (n // 48 % 7) for n in range(40 * 48)}
    rows = Source(panel({"MAC000002": used}, 40), 1)
    features, kwh = every(rows)
    model = linear.fit(rows, shrinkage=0.0005)
    assert kwh.min() == 0 > model.predict(features).min()
    assert regressors.predict(model, features).min() == 0


def test_boosting_stops_where_other_rows_gain_no_more(rows):
    early, late = rows.between(None, 30), rows.between(30, None)
    stopped = trees.fit_boosted(early, rounds=300, stop=late, max_depth=6, eta=0.3)
    assert stopped.rounds < 20  # these readings are noise


def test_features_that_do_not_fit_in_memory_are_made_again_and_the_same(rows, monkeypatch):
    monkeypatch.setattr("london_power.train.source._KEPT_BYTES", 0)
    monkeypatch.setattr("london_power.train.source._CELLS_AT_ONCE", 1)
    again = Source(rows.panel, 1)
    assert len(list(again.blocks())) == 3
    features, _ = every(again)
    assert (features == every(Source(rows.panel, 1))[0]).all()
    monkeypatch.undo()
    found = [trees.fit_tree(each, max_depth=4).predict(features) for each in (again, rows)]
    assert found[0] == pytest.approx(found[1], abs=1e-3)
