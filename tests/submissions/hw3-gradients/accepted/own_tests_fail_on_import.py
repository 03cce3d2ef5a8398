import unittest

import numpy as np


def grad_oa(os, y):
    return os - np.roll(np.eye(1, len(os))[0], y - 1)


def grad_b2(grad_oa):
    return grad_oa


def grad_W2(grad_oa, hs):
    return np.ma.outer(grad_oa, hs).filled(0)


assert grad_W2(np.ones(2), np.ones(3)).shape == (3, 2), "why??"


def grad_hs(grad_oa, W2):
    return np.ma.dot(W2.T, grad_oa).filled(0)


def grad_ha(grad_hs, ha):
    return np.ma.array(grad_hs, mask=~(ha > 0)).filled(0)


def grad_b1(grad_ha):
    return grad_ha


def grad_W1(grad_ha, x):
    return np.ma.outer(grad_ha, x).filled(0)


def grad_x(grad_ha, W1):
    return np.ma.dot(W1.T, grad_ha).filled(0)


class TestGradients(unittest.TestCase):
    def test_ha(self):
        self.assertEqual(grad_ha(np.ones(1), np.zeros(1)).tolist(), [1.0])


unittest.main(argv=["hw3"])
