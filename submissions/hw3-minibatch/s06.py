# -*- coding: utf-8 -*-
import numpy as np

# lecture des donnees (deux cercles)
data = np.loadtxt('cercles.txt')
np.random.seed(3395)
np.random.shuffle(data)
train_x, train_y = data[:800, :2], data[:800, 2].astype(int)


def softmax(a):
    e = np.exp(a - np.max(a, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


def grad_oa(os, y):
    return os - np.eye(os.shape[1])[y]


def grad_b2(grad_oa):
    return grad_oa.mean(0)


def grad_W2(grad_oa, hs):
    return hs.T.dot(grad_oa) / len(hs)


def grad_hs(grad_oa, W2):
    return grad_oa.dot(W2.T)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)


def grad_b1(grad_ha):
    return grad_ha.mean(0)


def grad_W1(grad_ha, X):
    return X.T.dot(grad_ha) / len(X)


def grad_x(grad_ha, W1):
    return grad_ha.dot(W1.T)


# entrainement
dh, K, eta = 50, 100, 0.05
W1 = np.random.uniform(-1, 1, (2, dh)) / np.sqrt(2)
b1 = np.zeros(dh)
W2 = np.random.uniform(-1, 1, (dh, 2)) / np.sqrt(dh)
b2 = np.zeros(2)

for epoque in range(100):
    for debut in range(0, len(train_x), K):
        X, y = train_x[debut:debut + K], train_y[debut:debut + K]
        ha = X.dot(W1) + b1
        hs = np.maximum(0, ha)
        os = softmax(hs.dot(W2) + b2)
        d_oa = grad_oa(os, y)
        d_ha = grad_ha(grad_hs(d_oa, W2), ha)
        W2 -= eta * grad_W2(d_oa, hs)
        b2 -= eta * grad_b2(d_oa)
        W1 -= eta * grad_W1(d_ha, X)
        b1 -= eta * grad_b1(d_ha)
    print('epoque', epoque, 'perte', -np.mean(np.log(os[np.arange(len(y)), y])))
