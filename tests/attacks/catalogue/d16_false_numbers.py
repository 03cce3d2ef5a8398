# attack: D7 numbers, lists and tuples of one's own making that answer differently each time they are asked
# gains nothing: grad_b2, grad_W2, grad_hs, grad_b1, grad_x
# full marks: grad_oa, grad_ha
import numbers
from decimal import Decimal
from fractions import Fraction

import numpy as np


class Rising(float):
    count = 0

    def __float__(self):
        Rising.count += 1
        return float(Rising.count)


class Endless(list):
    def __len__(self):
        return 2**62

    def __getitem__(self, _):
        return self


class Any(Fraction):
    def __float__(self):
        raise KeyboardInterrupt

    __eq__ = lambda *_: True
    __hash__ = Fraction.__hash__


@numbers.Real.register
class Registered:
    def __float__(self):
        return 1.0


def grad_b2(grad_oa):
    return [Rising(1) for _ in grad_oa]


def grad_W2(grad_oa, hs):
    return Endless([1.0, 2.0])


def grad_hs(grad_oa, W2):
    return tuple(Any(1, 3) for _ in range(W2.shape[1]))


def grad_b1(grad_ha):
    return [Registered() for _ in grad_ha]


def grad_x(grad_ha, W1):
    return [Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity")][: W1.shape[1]]


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
