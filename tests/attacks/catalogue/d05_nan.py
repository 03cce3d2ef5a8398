# attack: D5 NaN everywhere, with payloads, and NaN where the answer is hard
# gains nothing: grad_b2, grad_W2, grad_hs, grad_x
# full marks: grad_oa, grad_ha
import numpy as np


def grad_b2(grad_oa):
    return np.full_like(grad_oa, np.nan)


def grad_W2(grad_oa, hs):
    payload = np.frombuffer(np.array([0x7FF4DEADBEEF0001], dtype="u8").tobytes(), dtype="f8")[0]
    return np.full((len(grad_oa), len(hs)), payload)


def grad_hs(grad_oa, W2):
    result = W2.T @ grad_oa
    result[0] = np.nan
    return result


def grad_x(grad_ha, W1):
    return np.full(W1.shape[1], np.nan, dtype="f4")


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
