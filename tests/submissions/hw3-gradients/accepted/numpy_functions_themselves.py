import operator

import numpy as np


def grad_oa(os, y):
    return np.delete(np.insert(os, y - 1, os[y - 1] - 1), y)


grad_b2 = np.copy
grad_W2 = np.outer
grad_hs = operator.matmul
grad_ha = np.vectorize(lambda g, a: g if a > 0 else 0.0, otypes=[float])
grad_b1 = np.copy
grad_W1 = np.outer
grad_x = operator.matmul
