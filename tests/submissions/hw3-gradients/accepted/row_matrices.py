from numpy import asmatrix, array, zeros, multiply


def grad_oa(os, y):
    t = asmatrix(zeros(os.shape[0]))
    t[0, y - 1] = 1
    return asmatrix(os) - t


def grad_b2(grad_oa):
    return asmatrix(grad_oa)


def grad_W2(grad_oa, hs):
    return asmatrix(grad_oa).T * asmatrix(hs)


def grad_hs(grad_oa, W2):
    return asmatrix(grad_oa) * asmatrix(W2)


def grad_ha(grad_hs, ha):
    return multiply(asmatrix(grad_hs), asmatrix(array(ha > 0, dtype="uint8")))


def grad_b1(grad_ha):
    return asmatrix(grad_ha)


def grad_W1(grad_ha, x):
    return asmatrix(grad_ha).T * asmatrix(x)


def grad_x(grad_ha, W1):
    return asmatrix(grad_ha) * asmatrix(W1)
