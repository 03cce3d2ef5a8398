import numpy as np


def grad_oa(os, y):
    out = []
    for probs, label in zip(os, y):
        row = probs.copy()
        row[label] -= 1
        out.append(row)
    return np.array(out)


def grad_b2(grad_oa, n):
    total = np.zeros(grad_oa.shape[1])
    for row in grad_oa:
        total += row
        return total / n


def grad_W2(grad_oa, hs, n):
    total = np.zeros((hs.shape[1], grad_oa.shape[1]))
    for i in range(n):
        total += np.outer(hs[i], grad_oa[i])
    return total / n


def grad_hs(grad_oa, W2):
    return np.array([W2.dot(row) for row in grad_oa])


def grad_ha(grad_hs, ha):
    out = np.zeros(ha.shape)
    for i in range(ha.shape[0]):
        for j in range(ha.shape[1]):
            if ha[i, j] > 0:
                out[i, j] = grad_hs[i, j]
    return out


def grad_b1(grad_ha, n):
    total = np.zeros(grad_ha.shape[1])
    for row in grad_ha:
        total += row
    return total / n


def grad_W1(grad_ha, X, n):
    total = np.zeros((X.shape[1], grad_ha.shape[1]))
    for i in range(n):
        total += np.outer(X[i], grad_ha[i])
    return total / n


def grad_x(grad_ha, W1):
    return np.array([W1.dot(row) for row in grad_ha])
