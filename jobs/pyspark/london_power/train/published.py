"""What the student project whose platform and data this one takes up says of its own models."""

PUBLISHED = {
    "project": "Spark-Docker, final project of CEBD 1261 by I. Betina and W. Acosta, 2019",
    "source": "https://github.com/iebeetina/Spark-Docker, README.md and notebooks/MLlib_London_Power.ipynb",
    "figures": [
        {
            "model": "linear regression (MLlib) of kWh a half hour",
            "readme": "mean squared error 0.20",
            "notebook": {"mse": 0.148411, "rmse": 0.385241, "mae": 0.206933},
        },
        {
            "model": "linear regression (scikit-learn) of kWh a half hour",
            "readme": "mean squared error 0.27",
            "notebook": {"mae": 0.27},
        },
        {
            "model": "tree, forest and boosted trees (MLlib) of kWh a half hour",
            "readme": "poor results",
            "notebook": {},
        },
        {
            "model": "Acorn group from kWh a half hour (Datalab)",
            "readme": "mean squared error 0.39",
            "notebook": {},
        },
    ],
    "not_comparable": [
        "What its README calls mean squared error is, by its notebooks, the mean absolute error.",
        "It read a sample of about a million rows of the standard tariff; which, it does not say.",
        "Its MLlib model was tested on rows drawn at random, with others of the same days in training; its"
        " scikit-learn model on the last fifth of the rows, other households. Ours is tested on later time.",
        "Its features are the numbers of household and Acorn group only: no time of day, no past load.",
        "Its Acorn figure treats groups as numbers, which has no unit.",
    ],
}
