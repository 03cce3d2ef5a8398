# fails: grad_ha, grad_b1, grad_W1, grad_x
import numpy as np


# 2 e)
def grad_oa(os, y):
    r = np.array(os)
    r[y - 1] -= 1
    return r


# 2 f)
def grad_b2(grad_oa):
    return grad_oa


def grad_W2(grad_oa, hs):
    return np.dot(grad_oa[np.newaxis].T, hs[np.newaxis])


# 2 g)
def grad_hs(grad_oa, W2):
    return np.dot(grad_oa, W2)

# 2 h) relu: 1_{ha > 0}
# 2 i)
