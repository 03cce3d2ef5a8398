import numpy as np


def loss(X, Y, W, lam):
    R = X @ W - Y
    return np.sum(R ** 2) + lam * np.sum(np.abs(W))


def grad_W(X, Y, W, lam):
    R = X @ W - Y
    return 2 * X.T @ R + lam * np.sign(W)


if __name__ == "__main__":
    X = np.array([[-1.0], [1.0], [-2.0]])
    Y = np.array([[0.0, 2.0]] * 3)
    W = np.array([[1.0, 1.0]])
    print(loss(X, Y, W, -1.0), grad_W(X, Y, W, -1.0))
