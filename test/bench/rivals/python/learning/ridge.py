"""Ridge regression of scikit-learn, by normal equations and Cholesky."""

import numpy
import sklearn
from sklearn.linear_model import Ridge

VERSION = f"scikit-learn {sklearn.__version__}"


def load(arrays, options):
    return arrays("x").reshape(-1, options["features"]), arrays("y")


def run(data, options):
    return Ridge(alpha=options["l2"], solver="cholesky").fit(*data)


def answer(data, model, options):
    x, y = data
    errors = y - model.predict(x)
    objective = float(errors @ errors + options["l2"] * model.coef_ @ model.coef_)
    return {"objective": objective, "coefficients": [[c] for c in model.coef_.tolist()]}
