# attack: A4 an exception whose __str__, __repr__, __class__, traceback and type's name all misbehave
# gains nothing: grad_b2, grad_W2, grad_hs
# full marks: grad_oa, grad_ha
import numpy as np


class Named(type):
    @property
    def __name__(cls):
        raise RuntimeError("no name")

    def __instancecheck__(cls, instance):
        raise RuntimeError("no instance")


class Bites(Exception, metaclass=Named):
    def __str__(self):
        raise Bites

    __repr__ = __str__

    @property
    def __class__(self):
        raise MemoryError

    @property
    def __traceback__(self):
        raise SystemExit


class LongName(BaseException):
    def __str__(self):
        return self

    def split(self):
        return self


def grad_b2(grad_oa):
    raise Bites


def grad_W2(grad_oa, hs):
    raise LongName


def grad_hs(grad_oa, W2):
    error = type("e" * 10**6, (Exception,), {})
    raise error(*[error() for _ in range(1000)])


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
