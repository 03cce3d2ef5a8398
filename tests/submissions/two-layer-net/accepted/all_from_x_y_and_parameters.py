import numpy as np


def _everything(X, y, W1, b1, W2, b2, lam):
    N = X.shape[0]
    z2 = X @ W1 + b1
    a2 = np.maximum(0, z2)
    z3 = a2 @ W2 + b2
    shifted = z3 - z3.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    J = -log_p[np.arange(N), y].sum() / N + lam * ((W1**2).sum() + (W2**2).sum())
    dz3 = np.exp(log_p)
    dz3[np.arange(N), y] -= 1
    dz3 = dz3 / N
    da2 = dz3 @ W2.T
    dz2 = da2 * (z2 > 0)
    return {
        "z2": z2, "a2": a2, "z3": z3, "J": J, "grad_z3": dz3, "grad_W2": a2.T @ dz3 + 2 * lam * W2,
        "grad_b2": dz3.sum(0), "grad_a2": da2, "grad_z2": dz2, "grad_W1": X.T @ dz2 + 2 * lam * W1,
        "grad_b1": dz2.sum(0),
    }


def _one(name):
    def function(X, y, W1, b1, W2, b2, lam):
        return _everything(X, y, W1, b1, W2, b2, lam)[name]

    return function


z2, a2, z3, J = _one("z2"), _one("a2"), _one("z3"), _one("J")
grad_z3, grad_W2, grad_b2 = _one("grad_z3"), _one("grad_W2"), _one("grad_b2")
grad_a2, grad_z2, grad_W1, grad_b1 = _one("grad_a2"), _one("grad_z2"), _one("grad_W1"), _one("grad_b1")
