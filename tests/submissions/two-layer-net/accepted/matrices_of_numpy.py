import numpy as np

M = np.asmatrix


def z2(X, W1, b1):
    return M(X) * M(W1) + M(b1)


def a2(z2):
    return np.multiply(M(z2), M(z2) > 0)


def z3(a2, W2, b2):
    return M(a2) * M(W2) + M(b2)


def J(z3, y, W1, W2, lam):
    z = M(z3)
    top = z.max(axis=1)
    log_sum = top + np.log(np.exp(z - top).sum(axis=1))
    right = M(z3[np.arange(len(y)), y]).T
    return float((log_sum - right).mean()) + lam * float(np.trace(M(W1).T * M(W1)) + np.trace(M(W2).T * M(W2)))


def grad_z3(p3, y):
    return (M(p3) - M(np.eye(p3.shape[1])[y])) / len(y)


def grad_W2(a2, grad_z3, W2, lam):
    return M(a2).T * M(grad_z3) + 2 * lam * M(W2)


def grad_b2(grad_z3):
    return M(grad_z3).sum(axis=0)


def grad_a2(grad_z3, W2):
    return M(grad_z3) * M(W2).T


def grad_z2(grad_a2, z2):
    return np.multiply(M(grad_a2), M(z2) > 0)


def grad_W1(X, grad_z2, W1, lam):
    return M(X).T * M(grad_z2) + 2 * lam * M(W1)


def grad_b1(grad_z2):
    return M(grad_z2).sum(axis=0)
