# attack: C4 reads a classmate's file while it is graded, and runs it
# gains nothing: grad_W2, grad_hs
# full marks: grad_oa, grad_ha
# breach unlocked
import numpy as np
CLASSMATE = "@OTHER@"


def classmates(name):
    space = {}
    exec(open(CLASSMATE).read(), space)
    return space[name]


def grad_W2(grad_oa, hs):
    return classmates("grad_W2")(grad_oa, hs)


def grad_hs(grad_oa, W2):
    return classmates("grad_hs")(grad_oa=grad_oa, W2=W2)


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
