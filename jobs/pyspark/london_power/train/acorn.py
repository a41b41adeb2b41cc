"""The other task: which Acorn group is a household of, judging by how it uses electricity?"""

from pyspark.ml import Pipeline
from pyspark.ml.classification import RandomForestClassifier
from pyspark.ml.feature import VectorAssembler
from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from ..common.job import Job
from .features import LABEL

GROUPS = ["Affluent", "Comfortable", "Adversity"]  # in their order; the others are no groups but gaps
FOLDS = 4
_LEAST_HOMES = 8
_SEASONS = ["winter", "spring", "summer", "autumn"]  # December to February is winter, and so on

_LEVEL = "level"  # kWh a half hour
_SHARES = [
    *[f"half_hour_{n}" for n in range(48)],
    "weekend",
    *_SEASONS,
]  # mean of those half hours in the household's own mean; 1 where there are none


def classify(job: Job, readings: DataFrame) -> dict:
    """How well a random forest tells the groups of households that it has not seen: `accuracy` and
    `macro_f1`, beside those of naming the most frequent group, and the `confusion` matrix, a row for each
    true group.

    Each household is judged once, by a forest that learned from the households of the other folds. With too
    few households there is `skipped`, which says why.
    """
    job.stage("profile the households")
    # A forest draws rows by their place, which must not depend on how they came together.
    homes = _folded(profiles(readings)).coalesce(1).sortWithinPartitions("household").persist()
    count = {row["acorn_group"]: row["count"] for row in homes.groupBy("acorn_group").count().collect()}
    households = {group: count[group] for group in GROUPS if group in count}
    total = sum(households.values())
    report = {
        "task": "Acorn group of a household from its consumption",
        "households": households,
        "features": "mean kWh a half hour; share of each half hour of the day, of weekends and of seasons",
        "model": "random forest, 20 trees of depth 4",
        "split": f"by household: {FOLDS} folds, the groups spread evenly over them",
    }
    if len(households) < 2 or total < _LEAST_HOMES:
        reason = f"{total} households in {len(households)} groups: there is nothing to learn from fewer than"
        return report | {"skipped": f"{reason} {_LEAST_HOMES} in two"}
    matrix = {group: dict.fromkeys(households, 0) for group in households}
    for fold in range(FOLDS):
        job.stage(f"tell Acorn groups, fold {fold + 1} of {FOLDS}")
        model = _forest().fit(homes.where(F.col("fold") != fold))
        told = model.transform(homes.where(F.col("fold") == fold))
        for row in told.groupBy("label", "prediction").count().collect():
            matrix[GROUPS[int(row["label"])]][GROUPS[int(row["prediction"])]] += row["count"]
    homes.unpersist()
    frequent = max(households, key=lambda group: households[group])
    constant = {
        group: {told: n if told == frequent else 0 for told in households} for group, n in households.items()
    }
    return (
        report
        | _quality(matrix)
        | {
            "baseline": {"always": frequent, **_quality(constant)},
            "confusion": matrix,
        }
    )


def profiles(readings: DataFrame) -> DataFrame:
    """household, acorn_group, level and shares: one row for each household of a group in GROUPS that has a
    reading with a value.
    """
    usable = readings.where(F.col("acorn_group").isin(GROUPS) & F.col(LABEL).isNotNull())
    slots = usable.groupBy(
        "household",
        "acorn_group",
        (F.hour("time") * 2 + F.floor(F.minute("time") / 30)).alias("half_hour"),
        F.dayofweek("time").isin(1, 7).alias("weekend"),
        F.floor(F.month("time") % 12 / 3).alias("season"),
    ).agg(F.sum(LABEL).alias("kwh"), F.count("*").alias("n"))

    home = ["household", "acorn_group"]
    level, seasons = F.sum("kwh") / F.sum("n"), range(len(_SEASONS))
    by_half_hour = slots.groupBy(*home).pivot("half_hour", list(range(48))).agg(level)
    means = slots.groupBy(*home).agg(
        level.alias(_LEVEL),
        _mean(F.col("weekend")).alias("weekend"),
        *[_mean(F.col("season") == number).alias(_SEASONS[number]) for number in seasons],
    )
    named = by_half_hour.select(*home, *[F.col(f"{n}").alias(f"half_hour_{n}") for n in range(48)])
    shares = [F.coalesce(F.col(name) / F.col(_LEVEL), F.lit(1.0)).alias(name) for name in _SHARES]
    return means.join(named, home).select(*home, _LEVEL, *shares)


def _mean(condition: Column) -> Column:
    return F.sum(F.when(condition, F.col("kwh"))) / F.sum(F.when(condition, F.col("n")))


def _folded(homes: DataFrame) -> DataFrame:
    """Homes plus `label`, the number of their group, and `fold`, which a group's homes get in turn."""
    order = Window.partitionBy("acorn_group").orderBy(F.xxhash64("household"))
    listed = ", ".join(f"'{group}'" for group in GROUPS)
    label = F.expr(f"array_position(array({listed}), acorn_group) - 1").cast("double")
    return homes.withColumns({"label": label, "fold": F.row_number().over(order) % FOLDS})


def _forest() -> Pipeline:
    assembler = VectorAssembler(inputCols=[_LEVEL, *_SHARES], outputCol="features")
    # A third of the features at each node: the level is one of many, and must have a chance to be seen.
    forest = RandomForestClassifier(numTrees=20, maxDepth=4, featureSubsetStrategy="onethird", seed=1)
    return Pipeline(stages=[assembler, forest])


def _quality(matrix: dict[str, dict[str, int]]) -> dict[str, float]:
    """accuracy, and macro_f1: the mean of the groups' harmonic means of precision and recall."""
    total = sum(sum(row.values()) for row in matrix.values())
    scores = []
    for group, row in matrix.items():
        said = sum(other[group] for other in matrix.values())
        scores.append(2 * row[group] / (said + sum(row.values())))
    right = sum(row[group] for group, row in matrix.items())
    return {"accuracy": round(right / total, 6), "macro_f1": round(sum(scores) / len(scores), 6)}
