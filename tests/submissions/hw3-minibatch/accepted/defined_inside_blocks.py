import sys

if sys.version_info[0] >= 3:
    import numpy as np
    unicode = str
else:
    import numpy as np
    range = xrange

try:
    from backend import grad_oa, grad_hs
except ImportError:
    def grad_oa(os, y):
        n = len(y)
        one_hot = np.zeros((n, os.shape[1]), dtype=bool)
        one_hot[np.arange(n), y] = True
        return np.subtract(os, one_hot, dtype=float)

    def grad_hs(grad_oa, W2):
        return np.matmul(grad_oa, np.moveaxis(W2, 0, 1))

for _lower in ("oa", "ha"):
    exec(f"""
def mean_of_{_lower}(grad_{_lower}):
    return np.sum(grad_{_lower}, axis=0) / np.shape(grad_{_lower})[0]
""")
grad_b2, grad_b1 = mean_of_oa, mean_of_ha

with np.errstate(all="ignore"):
    def grad_ha(grad_hs, ha):
        return grad_hs * (ha / np.abs(ha) == 1)

    def grad_W2(grad_oa, hs):
        n, = {len(grad_oa), len(hs)}
        return np.matmul(np.moveaxis(hs, 0, 1), grad_oa) / n

    def grad_W1(grad_ha, X):
        n, = {len(grad_ha), len(X)}
        return np.matmul(np.moveaxis(X, 0, 1), grad_ha) / n

if True:
    def grad_x(grad_ha, W1):
        return np.matmul(grad_ha, np.moveaxis(W1, 0, 1))
