"""HW3 part 2 - MLP with one hidden layer, a single example."""
import numpy as np


class Linear:
    """out = W.inp + b, everything about one affine layer in one place"""

    @staticmethod
    def backward_weights(delta, inp):
        dW = np.empty((delta.size, inp.size))
        for row, d in enumerate(delta):
            dW[row] = d * inp
        return dW

    @staticmethod
    def backward_input(delta, W):
        return delta @ W


class ReLU:
    @staticmethod
    def forward(a):
        return a * (a > 0)

    @staticmethod
    def backward(delta, out):
        # the output is positive exactly where the input was
        d = delta.copy()
        d[out <= 0] = 0.0
        return d


class SoftmaxNLL:
    def __init__(self, first_label=1):
        self.first_label = first_label

    def backward(self, probs, label):
        delta = np.array(probs, dtype=float)
        delta[int(label) - self.first_label] -= 1.0
        return delta


class Network:
    def __init__(self):
        self.criterion = SoftmaxNLL()

    def grad_oa(self, os, y):
        return self.criterion.backward(os, y)

    def grad_b2(self, grad_oa):
        return grad_oa.copy()

    def grad_W2(self, grad_oa, hs):
        return Linear.backward_weights(grad_oa, hs)

    def grad_hs(self, grad_oa, W2):
        return Linear.backward_input(grad_oa, W2)

    def grad_ha(self, grad_hs, hs):
        return ReLU.backward(grad_hs, hs)

    def grad_b1(self, grad_ha):
        return grad_ha.copy()

    def grad_W1(self, grad_ha, x):
        return Linear.backward_weights(grad_ha, x)

    def grad_x(self, grad_ha, W1):
        return Linear.backward_input(grad_ha, W1)


# the assignment wants functions, so here they are
net = Network()
grad_oa, grad_b2, grad_W2 = net.grad_oa, net.grad_b2, net.grad_W2
grad_hs, grad_ha, grad_b1 = net.grad_hs, net.grad_ha, net.grad_b1
grad_W1, grad_x = net.grad_W1, net.grad_x
