from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class CrossEntropy:
    first_label: int = 1

    def __call__(self, *, os, y):
        out = os.copy()
        out[y - self.first_label] -= 1.0
        return out


@dataclass(frozen=True)
class Rectifier:
    slope: float = 0.0

    def __call__(self, *, grad_hs, ha):
        return np.piecewise(ha, [ha > 0, ha <= 0], [1.0, self.slope]) * grad_hs


@dataclass(frozen=True)
class Dense:
    weights: str
    cotangent: str

    def pullback(self):
        if self.cotangent == "grad_oa":
            return lambda grad_oa, W2: W2.T.dot(grad_oa)
        return lambda grad_ha, W1: W1.T.dot(grad_ha)

    def kernel(self):
        if self.cotangent == "grad_oa":
            return lambda grad_oa, hs: np.outer(grad_oa, hs)
        return lambda grad_ha, x: np.outer(grad_ha, x)

    def bias(self):
        if self.cotangent == "grad_oa":
            return lambda grad_oa: grad_oa[:]
        return lambda grad_ha: grad_ha[:]


grad_oa = CrossEntropy()
grad_ha = Rectifier()
out_layer, hid_layer = Dense("W2", "grad_oa"), Dense("W1", "grad_ha")
grad_W2, grad_b2, grad_hs = out_layer.kernel(), out_layer.bias(), out_layer.pullback()
grad_W1, grad_b1, grad_x = hid_layer.kernel(), hid_layer.bias(), hid_layer.pullback()
