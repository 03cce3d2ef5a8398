import numpy as np


class Layer:
    @staticmethod
    def forward(X, W):
        return X @ W

    @staticmethod
    def loss(X, Y, W, lam):
        return np.linalg.norm(Layer.forward(X, W) - Y, "fro") ** 2 + lam * np.linalg.norm(W.ravel(), 1)

    @staticmethod
    def grad_W(X, Y, W, lam):
        delta = 2 * (Layer.forward(X, W) - Y)
        return X.T @ delta + lam * np.sign(W)


loss, grad_W = Layer.loss, Layer.grad_W
