import numpy as np


@np.vectorize
def sigmoid(x: float) -> float:
    """logistic function"""
    e = np.exp(-abs(x))
    return 1.0 / (1.0 + e) if x >= 0 else e / (1.0 + e)


@np.vectorize
def softplus(x: float) -> float:
    return float(max(x, 0.0)) + np.log1p(np.exp(-abs(x)))


@np.vectorize
def log_sigmoid(x: float) -> float:
    return float(min(x, 0.0)) - np.log1p(np.exp(-abs(x)))


@np.vectorize
def dsigmoid(x: float) -> float:
    return np.exp(-abs(x)) / (1.0 + np.exp(-abs(x))) ** 2


@np.vectorize
def dtanh(x: float) -> float:
    return 1.0 - np.tanh(x) ** 2


@np.vectorize
def sign(x: float) -> float:
    return 1.0 if x > 0 else -1.0 if x < 0 else 0.0


@np.vectorize
def dabs(x: float) -> float:
    return 0.0 if x == 0 else x / abs(x)


@np.vectorize
def rect(x: float) -> float:
    return float(max(0.0, x))


@np.vectorize
def drect(x: float) -> float:
    return 1.0 if x > 0 else 0.0


@np.vectorize
def grad_sq_l2(x: float) -> float:
    return 2.0 * x


@np.vectorize
def grad_l1(x: float) -> float:
    return float(np.sign(x))
