import numpy


class Reseau:
    """Toutes les dérivées du réseau à une couche cachée (un seul exemple)."""

    @staticmethod
    def grad_oa(os, y):
        g = numpy.array(os, dtype=float)
        numpy.add.at(g, [y - 1], -1.0)
        return g

    @staticmethod
    def grad_b2(grad_oa):
        return numpy.array(grad_oa)

    @classmethod
    def grad_W2(cls, grad_oa, hs):
        return cls._dyade(grad_oa, hs)

    @staticmethod
    def grad_hs(grad_oa, W2):
        return numpy.dot(grad_oa, W2)

    @staticmethod
    def grad_ha(grad_hs, hs):
        return numpy.where(hs > 0, grad_hs, 0)

    @staticmethod
    def grad_b1(grad_ha):
        return numpy.array(grad_ha)

    @classmethod
    def grad_W1(cls, grad_ha, x):
        return cls._dyade(grad_ha, x)

    @staticmethod
    def grad_x(grad_ha, W1):
        return numpy.dot(grad_ha, W1)

    @staticmethod
    def _dyade(u, v):
        return numpy.multiply.outer(u, v)


for _nom in ["grad_oa", "grad_b2", "grad_W2", "grad_hs", "grad_ha", "grad_b1", "grad_W1", "grad_x"]:
    globals()[_nom] = getattr(Reseau, _nom)
