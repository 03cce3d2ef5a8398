# attack: D13 tells the trials apart by counting, and answers with what was right a call before
# gains nothing: grad_W2, grad_hs
# full marks: grad_oa, grad_ha
import numpy as np
calls = []


def grad_W2(grad_oa, hs):
    calls.append(np.outer(grad_oa, hs))
    right = [call for call in calls[:-1] if call.shape == calls[-1].shape]
    return right[-1] if right else np.zeros_like(calls[-1])


def grad_hs(grad_oa, W2, _seen=[]):
    _seen.append(W2.T @ grad_oa)
    return _seen[-1] if len(_seen) % 2 else np.zeros(W2.shape[1])


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
