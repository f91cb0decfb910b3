"""Principal components of scikit-learn, by the solver that it takes itself."""

import sklearn
from sklearn.decomposition import PCA

VERSION = f"scikit-learn {sklearn.__version__}"


def load(arrays, options):
    return arrays("x").reshape(-1, options["size"])


def run(x, options):
    return PCA(options["components"]).fit(x)


def answer(x, model, options):
    return {"variances": [[value] for value in model.explained_variance_.tolist()]}
