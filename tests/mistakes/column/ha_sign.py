import numpy as np

# one-liners, straight from the theory part
grad_oa = lambda os, y: os - np.where(np.arange(1, len(os) + 1) == y, 1.0, 0.0)

grad_b2 = lambda grad_oa: 1 * grad_oa

grad_W2 = lambda grad_oa, hs: grad_oa[:, np.newaxis] * hs[np.newaxis, :]

grad_hs = lambda W2, grad_oa: grad_oa.dot(W2)

grad_ha = lambda ha, grad_hs: np.sign(ha) * grad_hs

grad_b1 = lambda grad_ha: 1 * grad_ha

grad_W1 = lambda grad_ha, x: grad_ha[:, np.newaxis] * x[np.newaxis, :]

grad_x = lambda W1, grad_ha: grad_ha.dot(W1)
