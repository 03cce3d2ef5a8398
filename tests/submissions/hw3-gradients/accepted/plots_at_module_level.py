import matplotlib
matplotlib.use("TkAgg")
import numpy as np, matplotlib.pyplot as plt
import seaborn as sns

sns.set()
z = np.linspace(-3, 3, 101)
plt.plot(z, np.maximum(z, 0))
plt.show()


def grad_oa(os, y):
    return np.where(np.arange(os.size) == y - 1, os - 1, os)


def grad_b2(grad_oa):
    return grad_oa


def grad_W2(grad_oa, hs):
    a, b = np.meshgrid(grad_oa, hs, indexing="ij")
    return a * b


def grad_hs(grad_oa, W2):
    return np.linalg.multi_dot([grad_oa, np.eye(len(grad_oa)), W2])


def grad_ha(grad_hs, ha):
    a = (ha > 0) & np.isfinite(ha)
    return a * grad_hs


def grad_b1(grad_ha):
    return grad_ha


def grad_W1(grad_ha, x):
    a, b = np.meshgrid(grad_ha, x, indexing="ij")
    return a * b


def grad_x(grad_ha, W1):
    return np.linalg.multi_dot([grad_ha, np.eye(len(grad_ha)), W1])


plt.imshow(grad_W2(np.ones(3), z)); plt.savefig("w2.png")
