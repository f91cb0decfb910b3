"""Logistic regression and linear support vector machines of scikit-learn."""

import numpy
import scipy.sparse
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

VERSION = f"scikit-learn {sklearn.__version__}"


def load(arrays, options):
    x, y = arrays("x"), arrays("y")
    if not options["sparse"]:
        return x.reshape(-1, options["entries"]), y
    offsets = numpy.arange(len(y) + 1, dtype=numpy.int32) * options["entries"]
    shape = (len(y), options["size"])
    return scipy.sparse.csr_matrix((x, arrays("indices"), offsets), shape=shape), y


def run(data, options):
    shared = {"C": 1 / options["l2"], "tol": options["tolerance"], "max_iter": 1000}
    if options["loss"] == "logistic":
        return LogisticRegression(solver="lbfgs", **shared).fit(*data)
    return LinearSVC(loss="squared_hinge", dual="auto", random_state=0, **shared).fit(*data)


def answer(data, model, options):
    x, y = data
    signed = numpy.where(y == 1, 1, -1) * model.decision_function(x)
    squares = float(model.coef_[0] @ model.coef_[0])
    if options["loss"] == "logistic":
        losses = numpy.logaddexp(0, -signed)
    else:
        losses = numpy.maximum(0, 1 - signed) ** 2
        squares += float(model.intercept_[0]) ** 2
    objective = (losses.sum() + 0.5 * options["l2"] * squares) / len(y)
    return {"objective": float(objective)}
