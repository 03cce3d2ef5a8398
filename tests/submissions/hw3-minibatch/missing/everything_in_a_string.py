# fails: grad_oa, grad_b2, grad_W2, grad_hs, grad_ha, grad_b1, grad_W1, grad_x
"""
import numpy as np

def grad_oa(os, y):
    return os - np.eye(os.shape[1])[y]

def grad_b2(grad_oa):
    return grad_oa.mean(axis=0)
...
"""
# The rest is in the PDF.
