"""The network of the practical part, trained: one hidden layer of rectifiers, softmax, elastic net, minibatches.

    ha = X W1 + b1      X (n, n_in)   W1 (n_in, n_hidden)        b1 (n_hidden,)
    hs = max(0, ha)
    oa = hs W2 + b2                   W2 (n_hidden, n_classes)   b2 (n_classes,)
    os = softmax(oa), row by row
    loss = mean_i -log os[i, y_i]  +  l11 |W1|_1 + l12 |W1|_2^2 + l21 |W2|_1 + l22 |W2|_2^2

Labels count from zero. The penalty is not divided by the number of examples and leaves the biases alone. The derivative
of the rectifier at 0 is 0, and so is that of |w|. Forward and backward pass exist twice, as loops over the examples and
as products of matrices; `loop=True` chooses the former, and the numbers are the same.

The experiments of the homework run from the project's root:

    python -m reference.network circles | digits | fashion-mnist | time
"""

import copy
import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

Floats = NDArray[Any]
Labels = NDArray[np.intp]


class Forward(NamedTuple):
    """What the forward pass computes, one row an example: ha and hs (n, n_hidden), oa and os (n, n_classes)."""

    ha: Floats
    hs: Floats
    oa: Floats
    os: Floats


class Gradients(NamedTuple):
    """The derivatives of the loss, each in the shape of its parameter."""

    W1: Floats
    b1: Floats
    W2: Floats
    b2: Floats


class Network:
    """A network that learns; equal seeds, data and settings give equal parameters, bit for bit on one machine.

    `W1`, `b1`, `W2`, `b2` are its parameters. Weights start uniform in +-1/sqrt(inputs of their layer), biases at zero.
    `seed` is a number or a `numpy.random.Generator`; what it gives is used for W1, for W2, then for the order of the
    examples, epoch by epoch. `dtype` is float32 or float64, and everything is computed in it.
    Raises ValueError for a size below 1, a negative penalty or another dtype.
    """

    def __init__(
        self,
        n_in: int,
        n_hidden: int,
        n_classes: int,
        *,
        seed: int | np.random.Generator = 0,
        l11: float = 0.0,
        l12: float = 0.0,
        l21: float = 0.0,
        l22: float = 0.0,
        dtype: DTypeLike = np.float64,
    ) -> None:
        for name, size in (("n_in", n_in), ("n_hidden", n_hidden), ("n_classes", n_classes)):
            if size < 1:
                raise ValueError(f"{name} is {size}; it must be at least 1")
        for name, penalty in (("l11", l11), ("l12", l12), ("l21", l21), ("l22", l22)):
            if not penalty >= 0:
                raise ValueError(f"{name} is {penalty}; a penalty must not be negative")
        self.dtype = np.dtype(dtype)
        if self.dtype not in (np.dtype(np.float32), np.dtype(np.float64)):
            raise ValueError(f"dtype is {self.dtype}; it must be float32 or float64")
        self.n_in, self.n_hidden, self.n_classes = n_in, n_hidden, n_classes
        self.l11, self.l12, self.l21, self.l22 = float(l11), float(l12), float(l21), float(l22)
        self.rng = np.random.default_rng(seed)
        self.W1 = self._start(n_in, n_hidden)
        self.b1 = np.zeros(n_hidden, self.dtype)
        self.W2 = self._start(n_hidden, n_classes)
        self.b2 = np.zeros(n_classes, self.dtype)

    def _start(self, inputs: int, outputs: int) -> Floats:
        bound = 1 / np.sqrt(inputs)
        return self.rng.uniform(-bound, bound, size=(inputs, outputs)).astype(self.dtype)

    def parameters(self) -> Gradients:
        """The parameters themselves, not copies, in the order and shapes of their gradients."""
        return Gradients(self.W1, self.b1, self.W2, self.b2)

    def copy(self, dtype: DTypeLike | None = None) -> "Network":
        """A network with the same parameters and penalties, in `dtype` if given, that shares nothing with this one."""
        other = copy.deepcopy(self)
        other.dtype = self.dtype if dtype is None else np.dtype(dtype)
        for name, parameter in zip(Gradients._fields, self.parameters(), strict=True):
            setattr(other, name, parameter.astype(other.dtype))
        return other

    # ------------------------------------------------------------ forward

    def fprop(self, X: ArrayLike, *, loop: bool = False) -> Forward:
        """The forward pass over X (n, n_in). Raises ValueError for another shape."""
        examples = self._examples(X)
        return self._fprop_loop(examples) if loop else self._fprop_matrix(examples)

    def _fprop_matrix(self, X: Floats) -> Forward:
        ha = X @ self.W1 + self.b1
        hs = np.maximum(ha, 0)
        oa = hs @ self.W2 + self.b2
        return Forward(ha, hs, oa, softmax(oa))

    def _fprop_loop(self, X: Floats) -> Forward:
        rows = []
        for x in X:
            ha = x @ self.W1 + self.b1
            hs = np.maximum(ha, 0)
            oa = hs @ self.W2 + self.b2
            e = np.exp(oa - np.max(oa))
            rows.append((ha, hs, oa, e / np.sum(e)))
        return Forward(*(np.stack(column) for column in zip(*rows, strict=True)))

    def predict(self, X: ArrayLike) -> Labels:
        """The most probable class of each row of X (n, n_in): labels (n,), the smaller one where two are equal."""
        labels: Labels = np.argmax(self.fprop(X).oa, axis=1)
        return labels

    def accuracy(self, X: ArrayLike, y: ArrayLike) -> float:
        """The share of the rows of X (n, n_in) that get their label of y (n,): 0 to 1."""
        predicted = self.predict(X)
        return float(np.mean(predicted == self._labels(y, len(predicted))))

    def loss(self, X: ArrayLike, y: ArrayLike) -> float:
        """The mean of -log os[i, y_i] over X (n, n_in) and y (n,), and the penalty."""
        oa = self.fprop(X).oa
        return cross_entropy(oa, self._labels(y, len(oa))) + self.penalty()

    def penalty(self) -> float:
        """The elastic net: what it adds to the loss, whatever the number of examples."""
        value = 0.0
        for W, l1, l2 in ((self.W1, self.l11, self.l12), (self.W2, self.l21, self.l22)):
            value += l1 * float(np.sum(np.abs(W))) + l2 * float(np.sum(W * W))
        return value

    # ------------------------------------------------------------ backward

    def bprop(self, X: ArrayLike, y: ArrayLike, *, loop: bool = False) -> Gradients:
        """The gradient of `loss` at X (n, n_in) and y (n,). Raises ValueError for other shapes or labels."""
        examples = self._examples(X)
        labels = self._labels(y, len(examples))
        return self._backward(examples, labels, self.fprop(examples, loop=loop), loop)

    def _backward(self, X: Floats, y: Labels, forward: Forward, loop: bool) -> Gradients:
        gradients = self._bprop_loop(X, y, forward) if loop else self._bprop_matrix(X, y, forward)
        for gradient, W, l1, l2 in (
            (gradients.W1, self.W1, self.l11, self.l12),
            (gradients.W2, self.W2, self.l21, self.l22),
        ):
            if l1:
                gradient += l1 * np.sign(W)
            if l2:
                gradient += 2 * l2 * W
        return gradients

    def _bprop_matrix(self, X: Floats, y: Labels, forward: Forward) -> Gradients:
        n = len(X)
        grad_oa = forward.os.copy()
        grad_oa[np.arange(n), y] -= 1
        grad_oa /= n
        grad_hs = grad_oa @ self.W2.T
        grad_ha = grad_hs * (forward.ha > 0)
        return Gradients(X.T @ grad_ha, np.sum(grad_ha, axis=0), forward.hs.T @ grad_oa, np.sum(grad_oa, axis=0))

    def _bprop_loop(self, X: Floats, y: Labels, forward: Forward) -> Gradients:
        total = Gradients(*(np.zeros_like(parameter) for parameter in self.parameters()))
        for x, label, ha, hs, os in zip(X, y, forward.ha, forward.hs, forward.os, strict=True):
            grad_oa = os.copy()
            grad_oa[label] -= 1
            grad_hs = self.W2 @ grad_oa
            grad_ha = grad_hs * (ha > 0)
            one = Gradients(np.outer(x, grad_ha), grad_ha, np.outer(hs, grad_oa), grad_oa)
            for whole, part in zip(total, one, strict=True):
                whole += part
        for whole in total:
            whole /= len(X)
        return total

    # ------------------------------------------------------------ training

    def train(
        self,
        X: ArrayLike,
        y: ArrayLike,
        *,
        epochs: int = 1,
        batch_size: int = 100,
        learning_rate: float = 0.1,
        loop: bool = False,
        after_epoch: Callable[[int], None] | None = None,
    ) -> list[float]:
        """Gradient descent on minibatches of X (n, n_in) and y (n,), in a new order each epoch; the losses on the way.

        Each loss is the mean of -log os[i, y_i] over an epoch, each example's as it was when its turn came, without
        the penalty. `after_epoch` is called with 1, 2, ... and may look at the network; going on is as if it had
        not been interrupted. Raises ValueError for other shapes or labels, a batch below 1 or a negative epoch count.
        """
        examples = self._examples(X)
        labels = self._labels(y, len(examples))
        if epochs < 0:
            raise ValueError(f"epochs is {epochs}; it must not be negative")
        room = np.empty((min(batch_size, len(examples)), self.n_in), self.dtype) if batch_size > 0 else examples
        losses = []
        for epoch in range(1, epochs + 1):
            total = 0.0
            for chosen in minibatches(len(examples), batch_size, self.rng):
                batch = np.take(examples, chosen, axis=0, out=room[: len(chosen)], mode="clip")
                total += len(chosen) * self._step(batch, labels[chosen], learning_rate, loop)
            losses.append(total / len(examples))
            if after_epoch:
                after_epoch(epoch)
        return losses

    def _step(self, X: Floats, y: Labels, learning_rate: float, loop: bool) -> float:
        """One step down the gradient; the mean of -log os[i, y_i] before it."""
        forward = self._fprop_loop(X) if loop else self._fprop_matrix(X)
        gradients = self._backward(X, y, forward, loop)
        for parameter, gradient in zip(self.parameters(), gradients, strict=True):
            gradient *= learning_rate
            parameter -= gradient
        return cross_entropy(forward.oa, y)

    # ------------------------------------------------------------ what comes in

    def _examples(self, X: ArrayLike) -> Floats:
        examples: Floats = np.asarray(X, dtype=self.dtype)
        if examples.ndim != 2 or examples.shape[1] != self.n_in or not len(examples):
            raise ValueError(f"X has the shape {examples.shape}; it must be (n, {self.n_in}), with n at least 1")
        return examples

    def _labels(self, y: ArrayLike, n: int) -> Labels:
        labels = np.asarray(y)
        if labels.shape != (n,) or labels.dtype.kind not in "iu":
            raise ValueError(f"y is {labels.dtype} of shape {labels.shape}; it must be whole numbers of shape ({n},)")
        if labels.min() < 0 or labels.max() >= self.n_classes:
            found = f"{labels.min()} to {labels.max()}"
            raise ValueError(f"y holds labels from {found}; they must lie in 0 to {self.n_classes - 1}")
        return labels.astype(np.intp, copy=False)


def softmax(oa: Floats) -> Floats:
    """The softmax of each row of oa (n, m), each row less its own maximum first: never inf, never nan."""
    e: Floats = np.exp(oa - np.max(oa, axis=1, keepdims=True))
    e /= np.sum(e, axis=1, keepdims=True)
    return e


def cross_entropy(oa: Floats, y: Labels) -> float:
    """The mean of -log softmax(oa)[i, y_i] for oa (n, m) and y (n,), finite where the softmax underflows to 0."""
    shifted = oa - np.max(oa, axis=1, keepdims=True)
    return float(np.mean(np.log(np.sum(np.exp(shifted), axis=1)) - shifted[np.arange(len(oa)), y]))


def minibatches(n: int, batch_size: int, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """The numbers 0..n-1 in a random order, `batch_size` at a time; the last part is smaller where it does not divide.

    Raises ValueError for a batch size below 1.
    """
    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}; it must be at least 1")
    order = rng.permutation(n)
    for start in range(0, n, batch_size):
        yield order[start : start + batch_size]


if __name__ == "__main__":
    from reference.experiments import main, on_one_thread

    on_one_thread()
    sys.exit(main())
