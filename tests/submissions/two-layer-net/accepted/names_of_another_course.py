import numpy as np


def z2(X, W1, b1):
    return X @ W1 + b1


def a2(ha):
    return np.maximum(0, ha)


def z3(hs, W2, b2):
    return hs @ W2 + b2


def J(logits, labels, W1, W2, lambda_):
    log_sum = np.logaddexp.reduce(logits, axis=1)
    return np.mean(log_sum - logits[np.arange(len(labels)), labels]) + lambda_ * (np.sum(W1**2) + np.sum(W2**2))


def grad_z3(os, labels):
    return (os - (labels[:, None] == np.arange(os.shape[1]))) / len(os)


def grad_W2(grad_oa, hs, W2, reg):
    return hs.T @ grad_oa + 2 * reg * W2


def grad_b2(grad_oa):
    return grad_oa.sum(0)


def grad_a2(grad_oa, W2):
    return grad_oa @ W2.T


def grad_z2(grad_hs, ha):
    return grad_hs * (ha > 0)


def grad_W1(grad_ha, X, W1, reg):
    return X.T @ grad_ha + 2 * reg * W1


def grad_b1(grad_ha):
    return grad_ha.sum(0)
