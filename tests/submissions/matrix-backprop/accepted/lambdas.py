import numpy as np

loss = lambda X, Y, W, lam: ((X.dot(W) - Y) ** 2).sum() + lam * abs(W).sum()  # noqa: E731
grad_W = lambda X, Y, W, lam: 2 * X.T.dot(X.dot(W) - Y) + lam * np.sign(W)  # noqa: E731
