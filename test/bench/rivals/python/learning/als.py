"""Alternating least squares of implicit, from the same factors and with as many iterations."""

import implicit
import numpy
import scipy.sparse
from implicit.cpu.als import AlternatingLeastSquares

VERSION = f"implicit {implicit.__version__}"


def load(arrays, options):
    users, items, counts = arrays("users"), arrays("items"), arrays("counts")
    start = arrays("start").reshape(-1, options["factors"])
    # The library wants the trust in a rating where wiesel has the count.
    trust = (1 + options["alpha"] * counts).astype(numpy.float32)
    shape = (options["users"], len(start))
    return scipy.sparse.csr_matrix((trust, (users, items)), shape=shape), start


def run(data, options):
    ratings, start = data
    model = AlternatingLeastSquares(
        factors=options["factors"],
        regularization=options["l2"],
        alpha=1,
        dtype=numpy.float64,
        use_cg=options["cg"],
        iterations=options["iterations"],
        num_threads=1,
        random_state=1,
    )
    model.item_factors = start.copy()
    model.fit(ratings, show_progress=False)
    return model


def answer(data, model, options):
    ratings, _ = data
    x, y = model.user_factors, model.item_factors
    pairs = ratings.tocoo()
    predictions = (x[pairs.row] * y[pairs.col]).sum(axis=1)
    loss = (pairs.data.astype(numpy.float64) * (1 - predictions) ** 2 - predictions**2).sum()
    loss += ((x.T @ x) * (y.T @ y)).sum()
    return {"objective": float(loss + options["l2"] * ((x**2).sum() + (y**2).sum()))}
