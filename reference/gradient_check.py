"""Are the gradients right? Central differences of the loss, for every parameter, with an honest account.

Every entry of every parameter gets one of four states:

    agrees   both sides are the same, up to a relative difference of `tolerance`
    wrong    they are not, or one of them is not finite
    zero     both are (nearly) zero: 0 of 0 says nothing, so it does not count as agreement
    kink     between the two points the loss has a corner (a unit of the hidden layer or an L1 weight changes sign for
             some example): the difference quotient means nothing there

Only `agrees` speaks for the gradient. A check in which a whole parameter was not tested has not passed.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference.network import Gradients, Network

AGREES, WRONG, ZERO, KINK = "agrees", "wrong", "zero", "kink"
NEARLY_ZERO = 1e-7
"""Times the loss, if that is above 1: the differences' rounding errors stay a thousand times below."""


@dataclass(frozen=True)
class ParameterCheck:
    """One parameter: the gradient that was checked, the difference quotient, and a state for each entry."""

    name: str
    gradient: NDArray[Any]
    differences: NDArray[Any]
    states: NDArray[np.str_]

    def count(self, state: str) -> int:
        """The number of entries in this state."""
        return int(np.sum(self.states == state))

    def first_wrong(self) -> tuple[int, ...] | None:
        """Where the first wrong entry is."""
        found = np.argwhere(self.states == WRONG)
        return tuple(int(i) for i in found[0]) if len(found) else None


@dataclass(frozen=True)
class GradientCheck:
    """The account of a check; `str` makes it a text of a few lines.

    `silent_units` are the hidden units that are off for every example: whatever agrees there is the penalty's.
    """

    parameters: tuple[ParameterCheck, ...]
    silent_units: tuple[int, ...]

    @property
    def passed(self) -> bool:
        """No entry is wrong, and in each parameter at least one agrees."""
        return all(not each.count(WRONG) and each.count(AGREES) for each in self.parameters)

    @property
    def complete(self) -> bool:
        """Every entry agrees: nothing was left untested."""
        return all(np.all(each.states == AGREES) for each in self.parameters)

    def __str__(self) -> str:
        lines = [f"{'':<4}{'entries':>9}{'agree':>9}{'wrong':>9}{'0 of 0':>9}{'kink':>9}"]
        for each in self.parameters:
            counts = [each.count(state) for state in (AGREES, WRONG, ZERO, KINK)]
            lines.append(f"{each.name:<4}{each.states.size:>9}" + "".join(f"{count:>9}" for count in counts))
        for each in self.parameters:
            where = each.first_wrong()
            if where is not None:
                gradient, difference = each.gradient[where], each.differences[where]
                lines.append(
                    f"{each.name}{list(where)}: the gradient is {gradient:.6g}, differences give {difference:.6g}"
                )
        untested = [each.name for each in self.parameters if not each.count(AGREES) and not each.count(WRONG)]
        if untested:
            lines.append(f"Nothing was tested in {', '.join(untested)}.")
        if self.silent_units:
            units = ", ".join(map(str, self.silent_units))
            lines.append(f"Hidden units that are off for every example, of which nothing is learned here: {units}.")
        wrong = any(each.count(WRONG) for each in self.parameters)
        verdict = "wrong" if wrong else "not passed" if not self.passed else "passed"
        rest = "" if self.complete or wrong else ", with entries that could not be tested"
        return "\n".join([*lines, f"Gradient check: {verdict}{rest}."])


def check_gradients(
    network: Network,
    X: ArrayLike,
    y: ArrayLike,
    *,
    gradients: Gradients | None = None,
    eps: float = 1e-5,
    tolerance: float = 1e-3,
    loop: bool = False,
) -> GradientCheck:
    """Compare `gradients` (those of `network.bprop`, if none are given) with central differences of `network.loss`.

    X (n, n_in) and y (n,), as for `bprop`; `gradients` in the shapes of the parameters. The network is not changed, and
    a float32 one is checked as a copy in float64. `eps` is what a parameter is moved by, to either side. It takes two
    forward passes for each number in the network: meant for small ones.
    Raises ValueError for shapes that do not fit, or an `eps` that is not above 0.
    """
    if not eps > 0:
        raise ValueError(f"eps is {eps}; it must be above 0")
    moved = network.copy(np.float64)
    given = moved.bprop(X, y, loop=loop) if gradients is None else gradients
    nearly_zero = NEARLY_ZERO * max(1.0, moved.loss(X, y))
    checks = []
    for name, parameter, gradient in zip(Gradients._fields, moved.parameters(), given, strict=True):
        gradient = np.asarray(gradient)
        if gradient.shape != parameter.shape:
            raise ValueError(f"the gradient of {name} has the shape {gradient.shape}; it must be {parameter.shape}")
        with_corner = {"W1": moved.l11, "W2": moved.l21}.get(name, 0.0) > 0
        differences = np.empty(parameter.shape)
        states = np.empty(parameter.shape, dtype="<U6")
        for where in np.ndindex(parameter.shape):
            here = parameter[where]
            sides = []
            for value in (here + eps, here - eps):
                parameter[where] = value
                sides.append((moved.loss(X, y), moved.fprop(X).ha > 0, np.sign(value)))
            parameter[where] = here
            (above, on_above, sign_above), (below, on_below, sign_below) = sides
            differences[where] = (above - below) / (2 * eps)
            corner = not np.array_equal(on_above, on_below) or (with_corner and sign_above != sign_below)
            states[where] = _state(float(gradient[where]), float(differences[where]), corner, nearly_zero, tolerance)
        checks.append(ParameterCheck(name, gradient, differences, states))
    silent = np.flatnonzero(~np.any(moved.fprop(X).ha > 0, axis=0))
    return GradientCheck(tuple(checks), tuple(silent.tolist()))


def _state(gradient: float, difference: float, corner: bool, nearly_zero: float, tolerance: float) -> str:
    if not np.isfinite(gradient) or not np.isfinite(difference):
        return WRONG
    if corner:
        return KINK
    larger = max(abs(gradient), abs(difference))
    if larger <= nearly_zero:
        return ZERO
    return AGREES if abs(gradient - difference) <= tolerance * larger else WRONG
