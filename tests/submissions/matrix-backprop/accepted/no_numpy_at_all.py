def times(A, B):
    return [[sum(a * b for a, b in zip(row, column)) for column in zip(*B)] for row in A]


def difference(X, Y, W):
    return [[p - q for p, q in zip(a, b)] for a, b in zip(times(X, W), Y)]


def loss(X, Y, W, lam):
    squares = sum(e * e for row in difference(X, Y, W) for e in row)
    return squares + lam * sum(abs(w) for row in W for w in row)


def grad_W(X, Y, W, lam):
    G = times(list(zip(*X)), difference(X, Y, W))
    return [[2 * g + lam * (1 if w > 0 else -1 if w < 0 else 0) for g, w in zip(gs, ws)] for gs, ws in zip(G, W)]
