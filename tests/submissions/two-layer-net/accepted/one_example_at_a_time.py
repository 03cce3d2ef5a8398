import numpy as np


def z2(X, W1, b1):
    return np.array([W1.T @ x + b1 for x in X])


def a2(z2):
    return np.array([[max(0.0, v) for v in row] for row in z2])


def z3(a2, W2, b2):
    return np.vstack([W2.T @ h + b2 for h in a2])


def loss_of_one(scores, label):
    top = np.max(scores)
    return top + np.log(sum(np.exp(s - top) for s in scores)) - scores[label]


def J(z3, y, W1, W2, lam):
    losses = [loss_of_one(scores, label) for scores, label in zip(z3, y)]
    return sum(losses) / len(losses) + lam * (np.linalg.norm(W1) ** 2 + np.linalg.norm(W2) ** 2)


def grad_z3(p3, y):
    rows = []
    for p, label in zip(p3, y):
        one_hot = np.zeros(len(p))
        one_hot[label] = 1
        rows.append((p - one_hot) / len(y))
    return rows


def grad_W2(a2, grad_z3, W2, lam):
    G = 2 * lam * W2
    for h, g in zip(a2, grad_z3):
        G = G + np.outer(h, g)
    return G


def grad_b2(grad_z3):
    total = 0
    for g in grad_z3:
        total = total + g
    return total


def grad_a2(grad_z3, W2):
    return [W2 @ g for g in grad_z3]


def grad_z2(grad_a2, z2):
    return [[g if z > 0 else 0 for g, z in zip(*rows)] for rows in zip(grad_a2, z2)]


def grad_W1(X, grad_z2, W1, lam):
    return 2 * lam * W1 + sum(np.outer(x, g) for x, g in zip(X, grad_z2))


def grad_b1(grad_z2):
    return [sum(column) for column in grad_z2.T]
