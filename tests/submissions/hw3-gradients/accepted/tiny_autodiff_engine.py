# A reverse-mode tape, forty lines; each function differentiates the loss itself.
import math

import numpy as np


class Node:
    __slots__ = ("v", "parents", "g")

    def __init__(self, v, parents=()):
        self.v, self.parents, self.g = float(v), parents, 0.0

    def __add__(self, o):
        return Node(self.v + o.v, ((self, 1.0), (o, 1.0)))

    def __mul__(self, o):
        return Node(self.v * o.v, ((self, o.v), (o, self.v)))

    def relu(self):
        on = self.v > 0
        return Node(self.v if on else 0.0, ((self, 1.0 if on else 0.0),))


def backprop(end):
    order, seen = [], set()

    def visit(n):
        if id(n) not in seen:
            seen.add(id(n))
            for p, _ in n.parents:
                visit(p)
            order.append(n)

    visit(end)
    end.g = 1.0
    for n in reversed(order):
        for p, local in n.parents:
            p.g += local * n.g


def xent(logits, y):
    top = max(n.v for n in logits)
    z = [math.exp(n.v - top) for n in logits]
    s = sum(z)
    return Node(top + math.log(s) - logits[y - 1].v,
                tuple((n, e / s - (k == y - 1)) for k, (n, e) in enumerate(zip(logits, z))))


def run(x, y, W1, b1, W2, b2):
    N = lambda a: [N(r) for r in a] if np.ndim(a) else Node(a)
    t = {"x": N(x), "W1": N(W1), "b1": N(b1), "W2": N(W2), "b2": N(b2)}
    t["ha"] = [sum((w * i for w, i in zip(row, t["x"])), b) for row, b in zip(t["W1"], t["b1"])]
    t["hs"] = [a.relu() for a in t["ha"]]
    t["oa"] = [sum((w * h for w, h in zip(row, t["hs"])), b) for row, b in zip(t["W2"], t["b2"])]
    backprop(xent(t["oa"], int(y)))
    G = lambda n: [G(r) for r in n] if isinstance(n, list) else n.g
    return {k: np.array(G(v)) for k, v in t.items()}


def _gradient_of(name):
    def gradient(x, y, W1, b1, W2, b2):
        return run(x, y, W1, b1, W2, b2)[name]
    gradient.__name__ = "grad_" + name
    return gradient


grad_oa, grad_b2, grad_W2, grad_hs = map(_gradient_of, ["oa", "b2", "W2", "hs"])
grad_ha, grad_b1, grad_W1, grad_x = map(_gradient_of, ["ha", "b1", "W1", "x"])
