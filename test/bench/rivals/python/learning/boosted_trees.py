"""Histogram gradient-boosted trees of scikit-learn, for a number or two classes."""

import numpy
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

VERSION = f"scikit-learn {sklearn.__version__}"


def load(arrays, options):
    return arrays("x").reshape(-1, options["size"]), arrays(options["label"])


def run(data, options):
    kind = HistGradientBoostingRegressor if options["label"] == "y" else HistGradientBoostingClassifier
    return kind(max_iter=options["trees"], early_stopping=False, random_state=0).fit(*data)


def answer(data, model, options):
    x, y = data
    if options["label"] == "y":
        return {"objective": float(numpy.mean((y - model.predict(x)) ** 2) / 2)}
    shares = model.predict_proba(x)[numpy.arange(len(y)), y]
    return {"objective": float(-numpy.mean(numpy.log(shares)))}
