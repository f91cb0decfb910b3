"""k-means of scikit-learn, from the first points as centres."""

import sklearn
from sklearn.cluster import KMeans

VERSION = f"scikit-learn {sklearn.__version__}"


def load(arrays, options):
    return arrays("x").reshape(-1, options["size"])


def run(x, options):
    clusters = options["clusters"]
    first = x[:clusters].copy()
    return KMeans(clusters, init=first, n_init=1, max_iter=options["iterations"], tol=0).fit(x)


def answer(x, model, options):
    return {"objective": float(model.inertia_), "iterations": int(model.n_iter_)}
