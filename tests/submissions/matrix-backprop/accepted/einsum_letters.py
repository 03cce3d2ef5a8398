from numpy import absolute, einsum, sign


def loss(X, Y, W, lam):
    E = einsum("nd,dk->nk", X, W) - Y
    return einsum("nk,nk->", E, E) + lam * einsum("dk->", absolute(W))


def grad_W(X, Y, W, lam):
    E = einsum("nd,dk->nk", X, W) - Y
    return 2 * einsum("nd,nk->dk", X, E) + lam * sign(W)
