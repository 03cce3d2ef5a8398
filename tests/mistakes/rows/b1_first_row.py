import numpy as np

avg = lambda G: G.sum(axis=0, keepdims=True) / len(G)
grad_oa = lambda os, y: os - np.eye(os.shape[1])[y, :]
grad_b2 = lambda grad_oa: avg(grad_oa)
grad_W2 = lambda hs, grad_oa: (1 / len(hs)) * (hs.T @ grad_oa)
grad_hs = lambda grad_oa, W2: grad_oa @ W2.T
grad_ha = lambda grad_hs, ha: np.where(ha > 0, grad_hs, 0)
grad_b1 = lambda grad_ha: grad_ha[0]
grad_W1 = lambda X, grad_ha: (1 / len(X)) * (X.T @ grad_ha)
grad_x = lambda grad_ha, W1: grad_ha @ W1.T
