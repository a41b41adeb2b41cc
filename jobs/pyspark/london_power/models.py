"""The models that can be trained. To add one, write its pipeline here and name it in MODELS."""

from collections.abc import Callable

from pyspark.ml import Pipeline
from pyspark.ml.feature import OneHotEncoder, VectorAssembler
from pyspark.ml.regression import LinearRegression

from .features import CATEGORIES, LABEL, NUMBERS


def linear() -> Pipeline:
    """Least squares on one-hot categories; the normal equations, which need one pass over the data and no
    seed.
    """
    encoded = [f"{name}_vector" for name in CATEGORIES]
    return Pipeline(
        stages=[
            OneHotEncoder(inputCols=list(CATEGORIES), outputCols=encoded, dropLast=True),
            VectorAssembler(inputCols=[*encoded, *NUMBERS], outputCol="features"),
            LinearRegression(labelCol=LABEL, solver="normal"),
        ]
    )


MODELS: dict[str, Callable[[], Pipeline]] = {"linear": linear}
