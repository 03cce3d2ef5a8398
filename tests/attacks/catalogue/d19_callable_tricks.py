# attack: D8 functions that are no functions: partials, classes, descriptors, signatures that lie or never end
# gains nothing: grad_b2, grad_W2, grad_hs, grad_b1, grad_W1, grad_x
# full marks: grad_oa, grad_ha
import functools

import numpy as np


class Twice:
    def __call__(self, *_, **__):
        return self

    @property
    def __signature__(self):
        raise SystemExit


class Meta(type):
    def __call__(cls, *_, **__):
        return cls


class grad_W2(metaclass=Meta):
    pass


def loops(*_):
    return 0


loops.__wrapped__ = loops
grad_b2 = Twice()
grad_hs = functools.partial(functools.partial(print, end=""), sep="")
grad_b1 = loops
grad_W1 = np.frompyfunc(lambda *_: object(), 2, 1)
grad_x = type("grad_x", (), {"__init__": lambda self, *_: None})


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
