import numpy as np

n_theta = lambda d, dh, m: dh * (d + 1) + m * (dh + 1)
ha = lambda W1, x, b1: W1 @ x + b1
hs = lambda ha: ha * (ha > 0)
oa = lambda W2, hs, b2: W2 @ hs + b2
os = lambda oa: (lambda e: e / e.sum())(np.exp(oa - oa.max()))
loss = lambda os, y: -np.log(os[y - 1])
penalty = lambda W1, W2, l11, l12, l21, l22: (
    l11 * abs(W1).sum() + l12 * (W1 * W1).sum() + l21 * abs(W2).sum() + l22 * (W2 * W2).sum()
)
grad_W1_penalty = lambda W1, l11, l12: l11 * np.sign(W1) + 2 * l12 * W1
grad_W2_penalty = lambda W2, l21, l22: l21 * np.sign(W2) + 2 * l22 * W2
