import time
import numpy as np

np.random.seed(3395)


def relu(a):
    return np.maximum(a, 0)


def softmax(o):
    o = o - np.max(o)
    return np.exp(o) / np.sum(np.exp(o))


def grad_oa(os, y):
    onehot = np.zeros(len(os)); onehot[y - 1] = 1
    return os - onehot


def grad_b2(grad_oa):
    return grad_oa


def grad_W2(grad_oa, hs):
    return np.outer(grad_oa, hs)


def grad_hs(grad_oa, W2):
    return W2.T.dot(grad_oa)


def grad_ha(grad_hs, ha):
    return np.where(ha > 0, grad_hs, 0)


def grad_b1(grad_ha):
    return grad_ha


def grad_W1(grad_ha, x):
    return np.outer(grad_ha, x)


def grad_x(grad_ha, W1):
    return W1.T.dot(grad_ha)


# ---- entrainement -----
W1 = np.random.uniform(-1, 1, (6, 2)); b1 = np.zeros(6)
W2 = np.random.uniform(-1, 1, (2, 6)); b2 = np.zeros(2)
start = time.time()
epoch = 0
while time.time() - start < 1.0:
    x = np.random.randn(2)
    y = 1 if x @ x < 1 else 2
    ha = W1 @ x + b1
    hs = relu(ha)
    os = softmax(W2 @ hs + b2)
    goa = grad_oa(os, y)
    gha = grad_ha(grad_hs(goa, W2), ha)
    W2 -= 0.05 * grad_W2(goa, hs); b2 -= 0.05 * goa
    W1 -= 0.05 * grad_W1(gha, x); b1 -= 0.05 * gha
    epoch += 1
    if epoch % 5000 == 0:
        print("epoch", epoch, "loss", -np.log(os[y - 1]))
print("done", epoch)
