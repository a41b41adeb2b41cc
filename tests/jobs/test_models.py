"""The models on generated readings, whose effects are known: data/README.md."""

import json
from datetime import date

import pytest
from generator.many import write_all
from generator.prices import schedule
from generator.shards import Plan
from london_power.common.errors import JobError
from london_power.common.lake import Lake
from pyspark.sql import functions as F

PLAN = Plan(24, 89, date(2013, 1, 1), 4094, 1)


@pytest.fixture(scope="module")
def lake(spark, run_job, tmp_path_factory):
    """24 households over 89 days."""
    folder = tmp_path_factory.mktemp("generated")
    write_all(PLAN, folder, 1, lambda text: None)
    lake = Lake(spark, (folder / "lake").as_uri())
    csv = folder / "power_1.csv"
    run_job("ingest", "--csv", csv, "--lake", lake.root)
    return lake


@pytest.fixture(scope="module")
def trained(run_job, lake):
    """The metrics of a run that has tried no parameters."""
    return run_job("train", "--lake", lake.root, "--seconds", "0")


def test_trees_find_what_a_line_cannot_and_beat_the_baselines(trained):
    mse = {name: scores["mse"] for name, scores in (trained["models"] | trained["baselines"]).items()}
    # Level and time of day multiply, which a sum of their effects misses.
    assert min(mse["forest"], mse["boosted"]) < mse["linear"]
    # The hardest to beat is a household's own mean of the same half hour: a line does not.
    assert max(mse[name] for name in ("tree", "forest", "boosted")) < mse["month_mean"]
    assert mse["linear"] < mse["weeks_mean"]
    assert mse["month_mean"] < mse["weeks_mean"] < mse["training_mean"]
    assert mse["training_mean"] < mse["same_half_hour_last_week"]  # twice the noise of one half hour


def test_intervals_hold_the_scores_and_say_which_differences_count(lake, trained):
    scores, intervals = trained["models"] | trained["baselines"], trained["intervals"]
    for name, each in intervals.items():
        assert each["low"] < scores[name]["mse"] < each["high"]
    assert intervals["training_mean"]["apart"] is True
    assert intervals[trained["best"]]["apart"] is None
    text = lake.files.read(trained["card"]).decode()
    assert f"The best by the folds of the training time is `{trained['best']}`" in text


def test_scores_by_group_and_tariff_make_up_those_of_all(trained):
    assert set(trained["by_group"]) == {"Affluent", "Comfortable", "Adversity", "ACORN-U"}
    assert set(trained["by_tariff"]) == {"Std", "ToU"}
    for name, scores in (trained["models"] | trained["baselines"]).items():
        parts = [group[name]["mse"] for group in trained["by_group"].values()]
        assert min(parts) < scores["mse"] < max(parts)


def test_as_many_later_readings_lie_between_the_quantiles_as_should(trained):
    scores = trained["quantiles"]["scores"]
    assert set(scores) == {*trained["models"], "month_mean"}
    for name, each in scores.items():
        assert each["coverage"]["low"] < each["coverage"]["mean"] < each["coverage"]["high"]
        assert each["coverage"]["mean"] == pytest.approx(trained["quantiles"]["covered"], abs=0.05), name
        # That of the median is half of its mean absolute error, which is less than that of the mean.
        mae = (trained["models"] | trained["baselines"])[name]["mae"]
        assert 0.4 * mae < each["pinball_q50"]["mean"] < 0.5 * mae


def test_the_forecasts_of_half_hours_add_up_to_forecasts_of_days(lake, trained):
    found = trained["by_day"]
    assert list(found) == ["all", "Affluent", "Comfortable", "Adversity", "ACORN-U"]
    assert found["all"]["households"] == 24 == sum(found[group]["households"] for group in list(found)[1:])
    assert found["all"]["days"] == round(0.2 * 89)
    scores = found["all"]["scores"]
    assert scores["boosted"]["mase"] < 1 < 10 * scores["boosted"]["mape"] < 100
    of_groups = [found[group]["scores"]["boosted"]["mape"] for group in list(found)[1:]]
    assert scores["boosted"]["mape"] < sum(of_groups) / 4, "errors of homes cancel"
    text = lake.files.read(trained["card"]).decode()
    assert f"| all | 24 | {found['all']['days']} | " in text


def test_each_home_has_a_segment_that_tells_the_shape_of_its_groups_day(lake, trained):
    """The generator gives each Acorn group a shape of its own."""
    segments = trained["segments"]["segments"]
    assert sum(each["households"] for each in segments) == trained["segments"]["households"]
    rows = [row for row in lake.read("results/segments").collect() if row.segment]
    for group in ("Affluent", "Comfortable", "Adversity"):
        of_group = [row.segment for row in rows if row.acorn_group == group]
        assert max(map(of_group.count, of_group)) > 0.75 * len(of_group), group
    sizes = [sum(row.segment == n for row in rows) for n in range(1, len(segments) + 1)]
    assert sizes == [each["households"] for each in segments] == sorted(sizes, reverse=True)
    first = [row.acorn_group for row in rows if row.segment == 1]
    shares = {group: pytest.approx(first.count(group) / len(first), abs=1e-6) for group in set(first)}
    assert segments[0]["groups"] == shares
    assert lake.files.read(trained["segment_plot"]).startswith(b"\x89PNG")


def test_the_residuals_are_drawn(lake, trained):
    picture = lake.files.read(trained["residual_plot"])
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 30_000
    assert trained["residual_plot"].startswith(f"{lake.root}/results/residuals/")


def test_card_and_metrics_stand_in_the_lake(lake, trained):
    stored = json.loads(lake.files.read(f"{lake.path('results/train')}/metrics.json"))["metrics"]
    assert stored["models"] == trained["models"]
    assert stored["card"]["scores"]["baselines"] == trained["baselines"]
    text = lake.files.read(trained["card"]).decode()
    for name, scores in trained["models"].items():
        assert f"| {name} | {scores['mse']:.4f} | {scores['rmse']:.4f} |" in text
    assert "24 of 24 households (100.0 %)" in text
    assert "Only 24 households" in text


def test_a_bound_on_rows_trains_on_fewer_households_and_says_so(run_job, lake):
    metrics = run_job(
        *("train", "--lake", lake.root, "--models", "linear", "--seconds", "0", "--max-rows", "30000"),
        run="r2",
    )
    sample = metrics["sample"]
    assert (sample["households"], sample["rows"]) == (24, metrics["sample"]["rows"])
    assert sample["rows_used"] == metrics["split"]["rows"] <= 30_000 < sample["rows"]
    assert sample["households_used"] == round(24 * sample["share"]) < 24


def test_a_saved_model_predicts_as_it_did_in_training(spark, run_job, lake, trained):
    since = trained["split"]["cut"][:10]
    made = run_job("predict", "--lake", lake.root, "--model", "forest", "--since", since)
    assert made["rows"] == made["rows_read"] == trained["split"]["rows_test"]
    of_all = {key: value for key, value in trained["models"]["forest"].items() if key != "mase"}
    assert made["prediction"] == of_all
    assert made["by_part"] == {"later time, seen homes": {"rows": made["rows"], **of_all}}
    rows = spark.read.parquet(lake.path("predictions/forest"))
    assert rows.columns == ["household", "time", "kwh", "prediction", "q10", "q50", "q90"]
    between = rows.where("kwh BETWEEN q10 AND q90").count() / made["rows"]
    assert between == pytest.approx(trained["quantiles"]["scores"]["forest"]["coverage"]["mean"], abs=1e-6)


def test_scores_are_parted_by_time_and_by_homes_that_the_model_has_seen(run_job, lake, trained):
    few = run_job(
        *("train", "--lake", lake.root, "--models", "tree", "--max-rows", "30000"),
        run="few",
    )
    made = run_job("predict", "--lake", lake.root, "--model", "tree", run="few")
    parts = made["by_part"]
    assert set(parts) == {
        f"{when} time, {who} homes" for when in ("training", "later") for who in ("seen", "unseen")
    }
    assert parts["training time, seen homes"]["rows"] == few["split"]["rows_training"]
    assert parts["later time, seen homes"]["mse"] == few["models"]["tree"]["mse"]
    assert sum(part["rows"] for part in parts.values()) == made["rows_read"]
    unseen = parts["later time, unseen homes"]["rows"] / parts["later time, seen homes"]["rows"]
    assert unseen == pytest.approx(
        (24 - few["sample"]["households_used"]) / few["sample"]["households_used"], rel=0.1
    )
    run_job("train", "--lake", lake.root, "--seconds", "0")  # as it was


def test_a_model_of_another_version_is_refused(run_job, lake, trained):
    lake.write_files("models/tree", "other", {"model.json": b'{"features": ["half_hour"]}'})
    with pytest.raises(JobError, match="is of another version of the job: run train again"):
        run_job("predict", "--lake", lake.root, "--model", "tree")
    run_job("train", "--lake", lake.root, "--seconds", "0")  # as it was


def test_a_model_that_knows_prices_is_asked_with_prices(run_job, lake, trained, tmp_path):
    prices = tmp_path / "day_ahead.csv"
    prices.write_text(schedule(PLAN.seed, PLAN.start, PLAN.days))
    priced = run_job(
        "train", "--lake", lake.root, "--models", "forest", "--prices", prices.as_uri(), run="priced"
    )
    assert priced["models"]["forest"] != trained["models"]["forest"]
    forest = ("predict", "--lake", lake.root, "--model", "forest", "--since", priced["split"]["cut"][:10])
    with pytest.raises(JobError, match="was trained with --prices: give them, or run train again"):
        run_job(*forest)
    made = run_job(*forest, "--prices", prices.as_uri())
    assert made["prediction"]["mse"] == priced["models"]["forest"]["mse"]
    run_job("train", "--lake", lake.root, "--seconds", "0")  # as it was
    with pytest.raises(JobError, match="was trained without prices: leave out --prices"):
        run_job(*forest, "--prices", prices.as_uri())


def test_half_hours_that_are_still_to_come_are_predicted(spark, run_job, lake, trained, tmp_path):
    readings = lake.read("readings")
    last = F.lit("2013-03-30").cast("date")
    ahead = readings.withColumn("kwh", F.when(F.to_date("time") < last, F.col("kwh")))
    given = (tmp_path / "given").as_uri()
    ahead.write.parquet(given)
    arguments = ["--lake", lake.root, "--model", "boosted", "--readings", given, "--since", "2013-03-30"]
    made = run_job("predict", *arguments)
    asked = ahead.where(F.to_date("time") >= last).where("unix_seconds(time) % 1800 = 0").count()
    assert 0.9 * asked < made["rows"] <= asked  # those with a gap a day or a week before lack a feature
    assert made["rows_without_lag"] == asked - made["rows"] > 0
    assert made["rows_read"] == 0
    assert spark.read.parquet(made["predictions"]).where("prediction IS NULL").count() == 0


def test_days_to_come_are_predicted_as_given_half_hours_are_and_further_ones_without_quantiles(
    spark, run_job, lake, trained, tmp_path
):
    known = lake.read("readings").where("time < '2013-03-30' AND unix_seconds(time) % 1800 = 0")
    known.write.parquet((tmp_path / "known").as_uri())
    asked = lake.read("readings").where("date(time) = '2013-03-30' AND kwh IS NOT NULL")
    asked = asked.withColumn("kwh", F.lit(None).cast("double"))
    known.unionByName(asked).write.parquet((tmp_path / "asked").as_uri())
    tree = ("predict", "--lake", lake.root, "--model", "tree", "--readings")
    given = run_job(*tree, (tmp_path / "asked").as_uri(), "--since", "2013-03-30", run="given")
    names = ["household", "time", "prediction", "q10", "q50", "q90"]
    expected = set(map(tuple, spark.read.parquet(given["predictions"]).select(names).collect()))
    made = run_job(*tree, (tmp_path / "known").as_uri(), "--horizon", "2", run="horizon")
    found = spark.read.parquet(made["predictions"]).select(names)
    assert made["rows"] == found.count() > 0.9 * 24 * 96
    assert made["rows"] + made["rows_without_lag"] == 24 * 96
    assert len(expected) > 0.9 * 24 * 48
    last = known.where("kwh IS NOT NULL").groupBy("household").agg(F.max("time").alias("last"))
    day = F.ceil((F.unix_seconds("time") - F.unix_seconds("last")) / 86_400)
    first, second = (found.join(last, "household").where(day == n).select(names) for n in (1, 2))
    assert expected <= set(map(tuple, first.collect()))
    assert first.where("q10 IS NULL").count() == second.where("q10 IS NOT NULL").count() == 0
    assert first.count() + second.count() == made["rows"]
    with pytest.raises(JobError, match="--horizon takes a number of days from 1 on, and no --since"):
        run_job(*tree, (tmp_path / "known").as_uri(), "--horizon", "2", "--since", "2013-03-30")


def test_what_cannot_be_predicted_is_said_and_leaves_earlier_predictions(run_job, lake, trained):
    run_job("predict", "--lake", lake.root, "--model", "tree")
    before = lake.path("predictions/tree")
    with pytest.raises(JobError, match=r"from 2020-01-01 on: .* the last reading is of 2013-03-31 00:00$"):
        run_job("predict", "--lake", lake.root, "--model", "tree", "--since", "2020-01-01", run="r3")
    assert lake.path("predictions/tree") == before
    assert lake.files.folders(f"{lake.root}/predictions/tree") == [before.rsplit("/", 1)[-1]]
    with pytest.raises(JobError, match="--model shrub is none of the models"):
        run_job("predict", "--lake", lake.root, "--model", "shrub")


@pytest.mark.parametrize("model", ["linear", "tree"])
def test_given_readings_with_values_that_no_model_knows_are_refused_with_those_it_does(
    run_job, lake, trained, tmp_path, model
):
    new_year = F.to_date("time") == F.lit("2013-01-01")
    group = F.when(new_year, F.lit("Wealthy")).otherwise(F.col("acorn_group"))
    tariff = F.when(~new_year | (F.hour("time") > 0), F.col("tariff"))
    given = (tmp_path / "given").as_uri()
    odd = lake.read("readings").withColumns({"acorn_group": group, "tariff": tariff})
    odd.write.parquet(given)
    rows = odd.where("acorn_group = 'Wealthy'").count()
    arguments = ["predict", "--lake", lake.root, "--model", model, "--readings", given]
    with pytest.raises(JobError) as refused:
        run_job(*arguments)
    assert str(refused.value) == (
        f"--readings {given} has {rows} rows with values that no model knows: acorn_group Wealthy;"
        " tariff none. Known are acorn_group Affluent, Comfortable, Adversity, ACORN-U, ACORN-;"
        " tariff Std, ToU: correct these rows, or leave them out"
    )
    assert run_job(*arguments, "--since", "2013-02-01")["rows"] > 0


def test_a_model_that_was_not_trained_is_said_to_be_missing(run_job, spark, tmp_path):
    empty = Lake(spark, (tmp_path / "empty").as_uri())
    with pytest.raises(JobError, match="there is no table models/boosted in"):
        run_job("predict", "--lake", empty.root)
