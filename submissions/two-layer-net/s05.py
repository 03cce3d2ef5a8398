import numpy as np

# REG uses 0.5 * lam * sum(W^2), as in the lecture notes of the other course


def z2(X, W1, b1):
    return X @ W1 + b1


def a2(x):
    return np.maximum(0, x)


def z3(a2, W2, b2):
    return a2 @ W2 + b2


def _log_softmax(scores):
    s = scores - scores.max(1, keepdims=True)
    return s - np.log(np.exp(s).sum(1, keepdims=True))


def J(scores, y, W1, W2, lam):
    loss = -_log_softmax(scores)[np.arange(y.size), y].mean()
    loss += 0.5 * lam * np.sum(W1 * W1) + 0.5 * lam * np.sum(W2 * W2)
    return loss


def grad_z3(scores, y):
    dscores = np.exp(_log_softmax(scores))
    dscores[np.arange(y.size), y] -= 1
    return dscores / y.size


def grad_W2(a2, dscores, W2, lam):
    dW2 = a2.T @ dscores
    dW2 += lam * W2
    return dW2


def grad_b2(dscores):
    return np.sum(dscores, axis=0, keepdims=True)


def grad_a2(dscores, W2):
    return dscores @ W2.T


def grad_z2(grad_a2, a2):
    dhidden = grad_a2.copy()
    dhidden[a2 <= 0] = 0
    return dhidden


def grad_W1(X, grad_z2, W1, lam):
    dW1 = X.T @ grad_z2
    dW1 += lam * W1
    return dW1


def grad_b1(grad_z2):
    return np.sum(grad_z2, axis=0, keepdims=True)
