import numpy as np


def z2(data, weights, bias):
    return data @ weights + bias


def a2(x):
    return x * (x > 0)


def z3(hidden, weights, bias):
    return hidden @ weights + bias


def J(s, t, first, second, strength):
    m = np.amax(s, axis=1, keepdims=True)
    log_p = s - m - np.log(np.sum(np.exp(s - m), axis=1, keepdims=True))
    return -np.mean(np.take_along_axis(log_p, t[:, None], axis=1)) + strength * (np.sum(first**2) + np.sum(second**2))


def grad_z3(prob, t):
    target = np.zeros(prob.shape)
    np.put_along_axis(target, t[:, None], 1.0, axis=1)
    return (prob - target) / prob.shape[0]


def grad_W2(h, delta, w, strength):
    return h.T @ delta + 2 * strength * w


def grad_b2(delta):
    return np.sum(delta, 0)


def grad_a2(delta, w):
    return delta @ w.T


def grad_z2(upstream, pre):
    return np.where(pre > 0, upstream, 0)


def grad_W1(inp, delta, w, strength):
    return inp.T @ delta + 2 * strength * w


def grad_b1(delta):
    return np.sum(delta, 0)
