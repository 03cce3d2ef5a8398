# attack: C6 imports the reference by its name
# gains nothing: grad_W2, grad_hs
# full marks: grad_oa, grad_ha
# breach unlocked
import importlib.util
import sys

import numpy as np
REFERENCE = "@REFERENCE@"


def grad_W2(grad_oa, hs):
    sys.path[:0] = [REFERENCE.rpartition("/")[0], "reference", "../reference", "../../reference", "."]
    import hw3_gradients

    return hw3_gradients.grad_W2(grad_oa, hs)


def grad_hs(grad_oa, W2):
    spec = importlib.util.spec_from_file_location("solution", REFERENCE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.grad_hs(W2, grad_oa)


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
