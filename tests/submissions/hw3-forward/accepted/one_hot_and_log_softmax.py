import numpy as np


def n_theta(d, dh, m):
    return d * dh + dh + dh * m + m


def ha(W1, x, b1):
    augmented = np.hstack([W1, b1[:, None]])
    return augmented @ np.append(x, 1)


def hs(ha):
    return (ha + np.abs(ha)) / 2


def oa(W2, hs, b2):
    augmented = np.hstack([W2, b2[:, None]])
    return augmented @ np.append(hs, 1)


def log_softmax(z):
    z = z - z.max()
    return z - np.log(np.exp(z).sum())


def os(oa):
    return np.exp(log_softmax(oa))


def loss(oa, y, m):
    onehot = np.eye(m)[y - 1]
    return -np.sum(onehot * log_softmax(oa))


def penalty(W1, W2, l11, l12, l21, l22):
    return l11 * np.abs(W1).sum() + l12 * (W1 ** 2).sum() + l21 * np.abs(W2).sum() + l22 * (W2 ** 2).sum()


def grad_W1_penalty(W1, l11, l12):
    return l11 * np.sign(W1) + 2 * l12 * W1


def grad_W2_penalty(W2, l21, l22):
    return l21 * np.sign(W2) + 2 * l22 * W2
