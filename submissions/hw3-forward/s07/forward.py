"""Forward pass, question 2."""
import numpy as np

relu = lambda v: np.clip(v, 0, np.inf)


def N_theta(D, DH, M):
    return DH * (D + 1) + M * (DH + 1)


def h_a(w1, features, B1):
    return w1.dot(features) + B1


def h_s(z):
    return relu(z)


def o_a(w2, h, b):
    return w2.dot(h) + b


def o_s(scores):
    e = np.exp(scores - scores.max())
    return e / e.sum()


def Loss(probs, label):
    return -np.log(probs[label - 1] + 1e-12)


def penalty(w1, w2, lambda11, lambda12, lambda21, lambda22):
    l1 = lambda11 * abs(w1).sum() + lambda21 * abs(w2).sum()
    return l1 + lambda12 * np.vdot(w1, w1) + lambda22 * np.vdot(w2, w2)


def grad_w1_penalty(w1, l1, l2):
    return l1 * np.sign(w1) + 2 * l2 * w1


def grad_w2_penalty(w2, l1, l2):
    return l1 * np.sign(w2) + 2 * l2 * w2
