# mean at the output; softmax recomputed from the scores in log space
import numpy as np


def log_softmax(scores):
    shifted = scores - np.max(scores, axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def grad_oa(scores, y):
    num_train = scores.shape[0]
    dscores = np.exp(log_softmax(scores))
    dscores[range(num_train), y] -= 1
    dscores /= num_train
    return dscores


def grad_b2(dscores):
    return np.sum(dscores, axis=0)


def grad_W2(hs, dscores):
    return np.dot(hs.T, dscores)


def grad_hs(dscores, W2):
    return np.dot(dscores, W2.T)


def grad_ha(grad_hs, hs):
    dhidden = np.array(grad_hs)
    dhidden[hs <= 0] = 0
    return dhidden


def grad_b1(grad_ha):
    return np.sum(grad_ha, axis=0)


def grad_W1(inputs, grad_ha):
    return np.dot(inputs.T, grad_ha)


def grad_x(grad_ha, W1):
    return np.dot(grad_ha, W1.T)
