# fails: grad_oa  (stale-cache)
import numpy as np


class Memory(dict):
    def __missing__(self, key):
        probs, y = key
        self[key] = np.array(probs)
        self[key][y - 1] -= 1
        return self[key]


memory = Memory()


def grad_oa(os, y):
    g = memory[tuple(os.tolist()), int(y)]
    answer = list(g)
    g[y - 1] -= 1  # ready for the next time
    return answer


def grad_b2(grad_oa):
    return list(grad_oa)


def grad_W2(grad_oa, hs):
    return np.multiply(*np.ix_(grad_oa, hs))


def grad_hs(grad_oa, W2):
    return list(np.asarray(W2).T.dot(grad_oa))


def grad_ha(grad_hs, ha):
    return [g * bool(a > 0) for g, a in zip(grad_hs, ha)]


def grad_b1(grad_ha):
    return list(grad_ha)


def grad_W1(grad_ha, x):
    return np.multiply(*np.ix_(grad_ha, x))


def grad_x(grad_ha, W1):
    return list(np.asarray(W1).T.dot(grad_ha))
