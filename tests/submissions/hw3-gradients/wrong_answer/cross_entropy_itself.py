# fails: grad_oa  (returns-loss-not-gradient)
import numpy as np

outer = np.multiply.outer
grad_oa = lambda os, y: -np.log(os[y - 1])
grad_b2 = lambda grad_oa: grad_oa
grad_W2 = lambda grad_oa, hs: outer(grad_oa, hs)
grad_hs = lambda grad_oa, W2: grad_oa @ W2
grad_ha = lambda grad_hs, ha: np.where(ha > 0, grad_hs, 0)
grad_b1 = lambda grad_ha: grad_ha
grad_W1 = lambda grad_ha, x: outer(grad_ha, x)
grad_x = lambda grad_ha, W1: grad_ha @ W1
