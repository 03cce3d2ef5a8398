import numpy as np


def relu(z):
    return z * (z > 0)


def softmax(z):
    z = z - z.max()
    ez = np.exp(z)
    return ez / ez.sum()


def forward(x, W1, b1, W2, b2):
    ha = b1 + W1.dot(x)
    hs = relu(ha)
    oa = b2 + W2.dot(hs)
    return ha, hs, oa, softmax(oa)


def backward(x, y, W1, b1, W2, b2):
    ha, hs, oa, p = forward(x, W1, b1, W2, b2)
    d = {}
    d["oa"] = p.copy()
    d["oa"][y - 1] -= 1
    d["b2"] = d["oa"]
    d["W2"] = np.outer(d["oa"], hs)
    d["hs"] = W2.T.dot(d["oa"])
    d["ha"] = d["hs"] * (ha > 0)
    d["b1"] = d["ha"]
    d["W1"] = np.outer(d["ha"], x)
    d["x"] = W1.T.dot(d["ha"])
    return d


def grad_oa(x, y, W1, b1, W2, b2):
    return backward(x, y, W1, b1, W2, b2)["oa"]


def grad_b2(x, y, W1, b1, W2, b2):
    return backward(x, y, W1, b1, W2, b2)["b2"]


def grad_W2(x, y, W1, b1, W2, b2):
    return backward(x, y, W1, b1, W2, b2)["W2"]


def grad_hs(x, y, W1, b1, W2, b2):
    return backward(x, y, W1, b1, W2, b2)["hs"]


def grad_ha(x, y, W1, b1, W2, b2):
    return backward(x, y, W1, b1, W2, b2)["ha"]


def grad_b1(x, y, W1, b1, W2, b2):
    return backward(x, y, W1, b1, W2, b2)["b1"]


def grad_W1(x, y, W1, b1, W2, b2):
    return backward(x, y, W1, b1, W2, b2)["W1"]


def grad_x(x, y, W1, b1, W2, b2):
    return backward(x, y, W1, b1, W2, b2)["x"]
