"""A first look may let too much through, never too little: whoever explains a value is among those that it names."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.diagnose.evidence import same
from grader.diagnose.glance import Glance
from grader.models import Tolerance

TOLERANCE = Tolerance(rtol=1e-6, atol=1e-8)
SHAPES = st.sampled_from([(), (0,), (1,), (3,), (3, 1), (1, 3), (2, 2), (1, 1)])
NUMBERS = st.sampled_from([0.0, -0.0, 1.0, 1.0 + 1e-7, 1.0 + 1e-5, -2.5, 1e-9, 1e300, -1e300, np.inf, -np.inf, np.nan])


def arrays(dtypes: tuple[type, ...]) -> st.SearchStrategy[np.ndarray]:
    """Small arrays, of a few numbers that are often the same, or nearly."""

    def filled(shape: tuple[int, ...]) -> st.SearchStrategy[np.ndarray]:
        size = int(np.prod(shape))
        numbers = st.lists(NUMBERS, min_size=size, max_size=size)
        return st.builds(lambda each, dtype: cast(each, dtype).reshape(shape), numbers, st.sampled_from(dtypes))

    return SHAPES.flatmap(filled)


def cast(numbers: list[float], dtype: type) -> np.ndarray:
    with np.errstate(over="ignore"):
        return np.array(numbers, dtype=float).astype(dtype)


@given(st.lists(st.none() | arrays((np.float64,)), max_size=6), arrays((np.float64, np.float32)))
def test_whoever_gives_the_value_gets_a_second_look(values, actual):
    possible = Glance(values, TOLERANCE).possible(actual)
    assert possible == sorted(set(possible))
    for place, value in enumerate(values):
        explains = value is not None and same(actual, value, TOLERANCE)
        if value is not None and value.size and np.isfinite(value).all():
            assert (place in possible) is explains
        else:
            assert place in possible or not explains


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ([1.0, 2.0], [0, 4]),
        ([[1.0], [2.0]], [0, 4]),
        ([[1.0, 2.0]], [0, 4]),
        ([1.0, 2.0 + 1e-4], [4]),
        ([1.0, np.nan], [4]),
        ([3.0, 4.0], [1, 4]),
        ([1.0, 2.0, 3.0], [2, 4]),
        ([[1.0, 2.0], [3.0, 4.0]], [4]),
    ],
)
def test_what_one_trial_allows(actual, expected):
    values = [np.array([1.0, 2.0]), np.array([3.0, 4.0]), np.array([1.0, 2.0, 3.0]), None, np.array([np.inf, 2.0])]
    assert Glance(values, TOLERANCE).possible(np.array(actual)) == expected


def test_single_precision_is_held_to_its_own_tolerance():
    glance, nearly = Glance([np.array([1.0, 2.0])], TOLERANCE), np.array([1.0, 2.0 + 1.5e-5])
    assert glance.possible(nearly.astype(np.float32)) == [0]
    assert glance.possible(nearly) == []
