# fails: grad_ha  (removed-numpy-name)
import numpy as np


def one_hot(labels, num_classes):
    out = np.zeros((labels.size, num_classes))
    np.put_along_axis(out, labels[:, None], 1.0, axis=1)
    return out


def backward_linear(dout, inp, W):
    """what goes down, what the weights get, what the bias gets"""
    return dout @ W.T, inp.T @ dout, dout.sum(axis=0)


def grad_oa(os, y):
    return (os - one_hot(y, os.shape[1])) / y.shape[0]


def grad_b2(grad_oa, hs, W2):
    return backward_linear(grad_oa, hs, W2)[2]


def grad_W2(grad_oa, hs, W2):
    return backward_linear(grad_oa, hs, W2)[1]


def grad_hs(grad_oa, hs, W2):
    return backward_linear(grad_oa, hs, W2)[0]


def grad_ha(grad_hs, hs):
    return grad_hs * np.array(hs > 0, dtype=np.float)


def grad_b1(grad_ha, X, W1):
    return backward_linear(grad_ha, X, W1)[2]


def grad_W1(grad_ha, X, W1):
    return backward_linear(grad_ha, X, W1)[1]


def grad_x(grad_ha, X, W1):
    return backward_linear(grad_ha, X, W1)[0]
