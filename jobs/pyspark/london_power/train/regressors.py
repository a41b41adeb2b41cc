"""The models that can be trained. To add one, write its pipeline here and name it in REGRESSORS."""

from collections.abc import Callable
from dataclasses import dataclass

from pyspark.ml import Pipeline
from pyspark.ml.feature import OneHotEncoder, VectorAssembler
from pyspark.ml.regression import (
    DecisionTreeRegressor,
    GBTRegressor,
    LinearRegression,
    RandomForestRegressor,
)

from ..common.errors import JobError
from .features import CATEGORIES, LABEL, NUMBERS

_SEED = 1
# At least as many as a category has values, which is 48; more make thresholds finer and trees slower.
_BINS = 64


@dataclass(frozen=True)
class Regressor:
    """`pipeline` makes one that can be fitted from the parameters of a grid; `grid` lists those worth trying.

    The first is taken where nothing is tried. It is the one that wins on the sample, whose answers then do
    not depend on how many the machine had time for.
    """

    pipeline: Callable[..., Pipeline]
    grid: list[dict]


def _linear(**parameters) -> Pipeline:
    """Least squares with a little shrinkage on one-hot categories; the normal equations, which need one pass
    over the data and no seed.
    """
    encoded = [f"{name}_vector" for name in CATEGORIES]
    return Pipeline(
        stages=[
            OneHotEncoder(inputCols=list(CATEGORIES), outputCols=encoded, dropLast=True),
            VectorAssembler(inputCols=[*encoded, *NUMBERS], outputCol="features"),
            LinearRegression(labelCol=LABEL, solver="normal", **parameters),
        ]
    )


def _trees(estimator: type) -> Callable[..., Pipeline]:
    """Trees take categories as they are: they split them into any two sets of values."""

    def pipeline(**parameters) -> Pipeline:
        assembler = VectorAssembler(inputCols=[*CATEGORIES, *NUMBERS], outputCol="features")
        return Pipeline(
            stages=[assembler, estimator(labelCol=LABEL, seed=_SEED, maxBins=_BINS, **parameters)]
        )

    return pipeline


REGRESSORS = {
    "linear": Regressor(_linear, [{"regParam": 0.0001}, {"regParam": 0.01}]),
    "tree": Regressor(
        _trees(DecisionTreeRegressor),
        [{"maxDepth": depth, "minInstancesPerNode": 50} for depth in (6, 8)],
    ),
    "forest": Regressor(
        _trees(RandomForestRegressor),
        [{"maxDepth": depth, "minInstancesPerNode": 20, "numTrees": 20} for depth in (7, 9)],
    ),
    "boosted": Regressor(
        _trees(GBTRegressor),
        [{"maxDepth": depth, "maxIter": 20, "stepSize": 0.2} for depth in (3, 5)],
    ),
}


def named(names: str) -> list[str]:
    """The names of a list with commas between. Raises JobError where one is none of REGRESSORS, or none is
    there.
    """
    asked = [name.strip() for name in names.split(",")]
    if unknown := [name for name in asked if name not in REGRESSORS]:
        raise JobError(
            f"--models {names}: {unknown[0]!r} is none of the models; there are {', '.join(REGRESSORS)}"
        )
    return list(dict.fromkeys(asked))
