# fails: grad_ha  (mask-shared-across-batch)
import numpy as np

grad_oa = lambda os, y: os - np.equal.outer(y, np.arange(os.shape[1]))
grad_b2 = lambda grad_oa: np.einsum("ij->j", grad_oa) / len(grad_oa)
grad_W2 = lambda grad_oa, hs: np.einsum("ih,im->hm", hs, grad_oa) / len(hs)
grad_hs = lambda grad_oa, W2: np.einsum("im,hm->ih", grad_oa, W2)
grad_ha = lambda grad_hs, ha: np.where(ha.mean(axis=0, keepdims=True) > 0, grad_hs, 0.0)
grad_b1 = lambda grad_ha: np.einsum("ij->j", grad_ha) / len(grad_ha)
grad_W1 = lambda grad_ha, X: np.einsum("id,ih->dh", X, grad_ha) / len(X)
grad_x = lambda grad_ha, W1: np.einsum("ih,dh->id", grad_ha, W1)
