"""Where the same numbers have several explanations, the code decides."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from grader.diagnose.evidence import Evidence

Gate = Callable[[Evidence], bool]


def _masks_by_maximum(evidence: Evidence) -> bool:
    return evidence.code.calls("maximum", "relu", "max", "fmax", "clip", "ReLU")


def _is_swapped(evidence: Evidence) -> bool:
    """Whether the two factors stand in the wrong order, and not only the result the wrong way round."""
    turned = [name for name in evidence.declared if name in evidence.asks] != list(evidence.asks)
    return evidence.code.fills_by_index or (turned and not evidence.code.transposes)


def _subtracts_label(evidence: Evidence) -> bool:
    """Whether the function has what the label would have been subtracted with."""
    roles = evidence.roles
    return evidence.function in roles.takes_label or bool(roles.labels & set(evidence.asks))


def _max_of_all(evidence: Evidence) -> bool:
    return evidence.code.calls("max", "amax", "nanmax")


def _returns_several(evidence: Evidence) -> bool:
    return any(isinstance(value, ast.Tuple | ast.Dict | ast.List) for value in evidence.code.returns)


GATES: dict[str, tuple[int, Gate]] = {
    "return-inside-loop": (5, lambda e: e.code.returns_in_loop),
    "chained-indexing": (5, lambda e: e.code.chained_store),
    "result-not-assigned": (4, lambda e: e.code.discards),
    "mask-rewritten-in-wrong-order": (4, lambda e: e.code.masked_stores >= 2),
    "loop-bounds": (4, lambda e: e.code.ranges),
    "misses-last-element": (3, lambda e: e.code.slices),
    "last-example-only": (3, lambda e: e.code.loops or e.code.slices or _indexes_last(e)),
    "one-d-transpose-noop": (3, lambda e: e.code.transposes_itself),
    "np-max-instead-of-maximum": (3, _max_of_all),
    "maximum-of-the-batch": (1, _max_of_all),
    "scalar-truth-of-array": (3, lambda e: e.code.branches),
    "softmax-applied-twice": (3, lambda e: e.code.calls("exp")),
    "missing-one-hot": (2, _subtracts_label),
    "relu-applied-to-gradient": (2, _masks_by_maximum),
    "integer-division": (3, lambda e: e.code.floor_divides or e.code.calls("floor", "floor_divide")),
    "list-arithmetic": (3, lambda e: e.code.builds_lists),
    "swapped-arguments": (2, _is_swapped),
    "accumulates-across-calls": (3, lambda e: e.code.keeps_state),
    "stale-cache": (3, lambda e: e.code.keeps_state),
    "returns-wrong-variable": (3, lambda e: e.code.returns_an_argument),
    "returns-several-values": (3, _returns_several),
    "unmasked-gradient-used": (1, lambda e: not e.roles.masked & e.failing),
    "zeroes-whole-rows": (4, lambda e: e.code.calls("where", "nonzero", "argwhere", "flatnonzero")),
    "matmul-instead-of-elementwise": (1, lambda e: e.code.multiplies_matrices),
    "relu-derivative-at-zero": (1, lambda e: e.code.compares_at_zero),
    "operator-precedence": (2, lambda e: True),
}
"""name -> (how strongly the code speaks for it, what the code must look like); a name that is not here needs nothing"""

WEAKER = frozenset({"relu-derivative-at-zero", "unmasked-gradient-used"})
"""names that stay possible, behind all others, where the code does not look like them"""

INSTEAD = {
    "mask-shared-across-batch": ("scalar-truth-of-array",),
    "missing-one-hot": ("result-not-assigned", "returns-wrong-variable"),
    "missing-relu-mask": ("result-not-assigned", "returns-wrong-variable"),
    "missing-sum-over-outputs": ("return-inside-loop",),
    "first-example-only": ("return-inside-loop",),
    "missing-average": ("result-not-assigned",),
    "bias-not-summed": ("result-not-assigned",),
}
"""other names for the same numbers, which only the code can give"""


def choose(names: Sequence[str], evidence: Evidence) -> str | None:
    """The name that the code speaks for; of equals the first. None if the code speaks against all of them."""
    return next(iter(best(names, evidence)), None)


def best(names: Sequence[str], evidence: Evidence) -> list[str]:
    """The names that the code speaks for most, all that it can not decide between."""
    weights: dict[str, int] = {}
    for name in [other for each in names for other in (*INSTEAD.get(each, ()), each)]:
        weight, gate = GATES.get(name, (0, None))
        if gate is not None and not gate(evidence):
            if name not in WEAKER:
                continue
            weight = -1
        weights.setdefault(name, weight)
    most = max(weights.values(), default=0)
    return [name for name, weight in weights.items() if weight == most]


def _indexes_last(evidence: Evidence) -> bool:
    return any(isinstance(n, ast.Subscript) and isinstance(n.slice, ast.UnaryOp) for n in evidence.code.nodes)
