# attack: E5 an audit hook that can not be taken away and refuses everything from then on
# gains nothing: grad_W2
# full marks: grad_oa
import sys

import numpy as np


def refuse(event, _):
    if not event.startswith("object."):
        raise SystemExit(f"refused: {event}")


def grad_W2(grad_oa, hs):
    sys.addaudithook(refuse)
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
