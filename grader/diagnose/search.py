"""The search for an explanation, from the simplest on: each kind is tried only if no simpler one fits."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from grader.diagnose import arrays, kept
from grader.diagnose.choice import best, choose
from grader.diagnose.evidence import Evidence, Found, Value, same
from grader.diagnose.known import Known, as_value, made
from grader.diagnose.spoken import spoken
from grader.models import Array, Misconception

_MOST_PAIRS = 2500


def search(evidence: Evidence, known: Known) -> Found | None:
    """The simplest explanation that gives exactly the student's values; None if there is none."""
    with np.errstate(all="ignore"):
        found = _searched(evidence, known)
    if found is None or evidence.function in evidence.roles.gradients or found.feedback:
        return found
    second = NO_GRADIENT.get(found.second, found.second)
    return replace(found, name=NO_GRADIENT.get(found.name, found.name), second=second)


FIXED_CLASSES = "hard-coded-class-count"

NO_GRADIENT = {
    "gradient-sign": "wrong-sign",
    "rescales-gradient": "rescales-result",
    "learning-rate-in-gradient": "extra-factor",
}
"""what a mistake is called where the function is not asked for a gradient"""


def _searched(evidence: Evidence, known: Known) -> Found | None:
    if evidence.wrong and evidence.stops_at_plain_numbers:  # wrong on arrays, which is what counts
        found = _by_values(evidence.without_what_stopped, known)
        if found is not None:
            return found
    found = _by_values(evidence, known)
    if found is not None:
        return found
    said = _sized(spoken(evidence), evidence, known)
    if said is not None:
        return replace(said, feedback=said.feedback or known.sentence(said.name, evidence.function))
    if evidence.wrong and evidence.code.reads_others_state:
        return Found("depends-on-global-state")
    return _unlike_itself(evidence)


def _by_values(evidence: Evidence, known: Known) -> Found | None:
    if evidence.telling:
        for kind in (_plain, _shape, _sizes, _numbered, _fitted, _remembered, _returned, _beside, _pairs):
            found = kind(evidence, known)
            if found is not None:
                return found
    return None


# ---------------------------------------------------------------- one mistake


def _plain(evidence: Evidence, known: Known) -> Found | None:
    """A quantity replaced, as the homework's list has it."""
    fitting: dict[str, int] = {}
    for place, each in known.fitting(evidence):
        if each.name not in fitting and evidence.explained_by(partial(known.value, evidence, place)):
            fitting[each.name] = place
    names = best(list(fitting), evidence)
    if not names:
        return None
    places = tuple(fitting[name] for name in names if name in fitting)
    if names[0] not in fitting:
        return Found(names[0])
    place = fitting[names[0]]
    feedback = known.homework.misconceptions[place].feedback
    return Found(names[0], feedback, place=place, rivals=places if len(places) > 1 else ())


def _chosen(fitting: dict[str, str], evidence: Evidence) -> Found | None:
    name = choose(list(fitting), evidence)
    return None if name is None else Found(name, fitting.get(name, ""))


def _shape(evidence: Evidence, known: Known) -> Found | None:
    """The right array, laid out, cut or rounded otherwise."""
    fitting = {}
    for name, transform in known.fitting_arrays(evidence):
        if name not in fitting and evidence.explained_by(partial(_transformed, evidence, transform)):
            fitting[name] = ""
    return _chosen(fitting, evidence)


def _transformed(evidence: Evidence, transform: arrays.Transform, index: int) -> Value:
    return made(transform, evidence.expected[index])


def _numbered(evidence: Evidence, known: Known) -> Found | None:
    """A mistake with a number that stands in the code: the code proposes it, the values decide."""
    fitting: dict[str, str] = {}
    for number in evidence.code.numbers:
        for place, each in known.misconceptions(evidence, numbered=True):
            if each.name not in fitting and evidence.explained_by(partial(known.value, evidence, place, number=number)):
                fitting[each.name] = each.feedback
        for name, transform in arrays.NUMBERED:
            if name not in fitting and evidence.explained_by(partial(_transformed, evidence, _with(transform, number))):
                fitting[name] = ""
    return _sized(_chosen(fitting, evidence), evidence, known)


def _sized(found: Found | None, evidence: Evidence, known: Known) -> Found | None:
    """A size that is fixed in the code is called the number of classes where the function has one entry a class."""
    classes = {leaf.classes for leaf in known.homework.rubric.inputs.values() if leaf.classes}
    if (
        found is None
        or found.name != FIXED_CLASSES
        or classes & set(known.homework.letters.get(evidence.function) or ())
    ):
        return found
    return replace(found, name="hard-coded-size")


def _with(transform: Callable[[Array, float], Array], number: float) -> arrays.Transform:
    return lambda value: transform(value, number)


# ---------------------------------------------------------------- factors


def _sizes(evidence: Evidence, known: Known) -> Found | None:
    """A factor that is a size, or one over it."""
    ratios = evidence.ratios
    if ratios is None:
        return None
    rubric, roles = known.homework.rubric, evidence.roles
    batch = roles.batch
    averages = roles.averages(evidence.function, evidence.convention)

    def fits(factor: Callable[[dict[str, int]], float]) -> bool:
        return all(
            abs(ratio - (f := factor(dict(evidence.trials[i].dimensions)))) <= 2e-5 * abs(f) + 2e-6
            for i, ratio in ratios
        )

    if batch:
        if fits(lambda d: -d[batch]) or fits(lambda d: -1 / d[batch]):
            return Found("gradient-sign")
        if fits(lambda d: d[batch]) and evidence.code.discards:
            return Found("result-not-assigned")
        if fits(lambda d: d[batch]):
            return Found("missing-average" if _nowhere_averaged(evidence, known) else "inconsistent-average")
        if fits(lambda d: 1 / d[batch]) or fits(lambda d: 1 / d[batch] ** 2):
            single = _is_late(evidence, known) and not averages and evidence.function not in roles.takes_label
            return Found("inconsistent-average" if single else "double-average")
        others = [name for name in rubric.dimensions if name != batch]
        per_example = _per_example(evidence, batch)
        if not averages and any(fits(lambda d, o=name: 1 / d[o]) for name in others):  # type: ignore[misc]
            return Found("mean-instead-of-sum" if per_example else "extra-factor")
        for shift in (1, -1, 2):
            if fits(lambda d, s=shift: d[batch] / (d[batch] + s) if d[batch] + s else 1.0):  # type: ignore[misc]
                return Found("divides-by-wrong-count")
        for name in others:
            if any(
                fits(factor)
                for factor in (
                    lambda d, o=name: d[batch] / d[o],
                    lambda d, o=name: 1 / d[o],
                    lambda d, o=name: 1 / (d[batch] * d[o]),
                )
            ):
                return Found("divides-by-wrong-count")
        if fits(lambda d: 1 / 2) or fits(lambda d: 2.0):
            return Found(_name_of_factor(0.5 if fits(lambda d: 1 / 2) else 2.0, evidence))
        if fits(lambda d: 1 / (2 * d[batch])) or fits(lambda d: d[batch] / 2):
            return Found("divides-by-wrong-count")
        return None
    for name in rubric.dimensions:
        if fits(lambda d, o=name: 1 / d[o]):  # type: ignore[misc]
            return Found("mean-instead-of-sum")
        if fits(lambda d, o=name: d[o]):  # type: ignore[misc]
            return Found("extra-factor")
    return None


def _averaging(evidence: Evidence, known: Known) -> frozenset[str]:
    """The functions of the homework that divide by the size of the batch, under the convention at hand."""
    functions = [criterion.function for criterion in known.homework.rubric.criteria]
    return frozenset(each for each in functions if evidence.roles.averages(each, evidence.convention))


def _is_late(evidence: Evidence, known: Known) -> bool:
    """Whether the mean is taken at the parameters, and not where the label comes in."""
    averaging = _averaging(evidence, known)
    return bool(averaging) and not averaging & evidence.roles.takes_label


def _nowhere_averaged(evidence: Evidence, known: Known) -> bool:
    """Whether 1/n is missing wherever it could stand: at the output, or in every gradient of a parameter."""
    if not _is_late(evidence, known):
        return _per_example(evidence, evidence.roles.batch)
    return _averaging(evidence, known) <= evidence.failing


def _per_example(evidence: Evidence, batch: str) -> bool:
    """Whether the function gives one row an example."""
    return all(
        expected.ndim > 0 and expected.shape[0] == trial.dimensions[batch]
        for expected, trial in zip(evidence.expected, evidence.trials, strict=True)
    )


def _fitted(evidence: Evidence, known: Known) -> Found | None:
    """A factor, or a share of the weights, that is the same number in every trial."""
    ratios = evidence.ratios
    if ratios is not None:
        factors = [ratio for _, ratio in ratios]
        first = factors[0]
        if all(abs(factor - first) <= 2e-5 * abs(first) + 1e-9 for factor in factors):
            return Found(_name_of_factor(first, evidence)) if abs(first) > 1e-9 else None
        sizes = [evidence.trials[i].dimensions for i, _ in ratios]
        batch = evidence.roles.batch
        if batch:
            scaled = [ratio / size[batch] for (_, ratio), size in zip(ratios, sizes, strict=True)]
            if all(abs(each - scaled[0]) <= 2e-5 * abs(scaled[0]) for each in scaled) and abs(scaled[0]) > 1e-9:
                return Found("hard-coded-batch-size")
        if _is_normalised(ratios, evidence):
            return Found("rescales-gradient")
    return _penalty(evidence, known)


def _is_normalised(ratios: list[tuple[int, float]], evidence: Evidence) -> bool:
    """Whether the factor is one over the size of an argument, or of the gradient itself, in every trial."""
    for order in (1, 2, np.inf):
        for name in (*evidence.asks, ""):
            sizes = [
                float(np.linalg.norm(np.ravel(evidence.calls[i].values[name] if name else evidence.expected[i]), order))
                for i, _ in ratios
            ]
            products = [ratio * size for (_, ratio), size in zip(ratios, sizes, strict=True)]
            if products[0] > 0 and all(abs(each - products[0]) <= 1e-6 * products[0] for each in products):
                return True
    return False


_LOGARITHMS = (np.log(2), 1 / np.log(2), np.log(10), 1 / np.log(10))
_RATES = (
    "lr",
    "eta",
    "alpha",
    "rate",
    "learning_rate",
    "step",
    "epsilon",
    "taux",
    "pas",
    "gamma",
    "mu",
    "LR",
    "ETA",
    "lam",
)


def _name_of_factor(factor: float, evidence: Evidence) -> str:
    if any(abs(abs(factor) - log) < 1e-4 for log in _LOGARITHMS):
        return "wrong-log-base"
    if abs(factor + 1) < 1e-4:
        return "gradient-sign"
    written = any(abs(abs(factor) - abs(number)) < 1e-6 for number in evidence.code.numbers)
    if abs(factor) < 1 and (evidence.code.calls(*_RATES) or (written and abs(factor) < 0.5)):
        return "learning-rate-in-gradient"
    return "extra-factor"


def _penalty(evidence: Evidence, known: Known) -> Found | None:
    """What is added is a multiple of the parameter, or of its sign, where the gradient has no use for the parameter."""
    batch, parameter = evidence.roles.batch, evidence.roles.derived_by.get(evidence.function, "")
    if parameter not in evidence.asks or evidence.raised or parameter in known.homework.graph.needs(evidence.function):
        return None
    for scaled in (lambda i: 1.0, lambda i: 1.0 / max(1, evidence.trials[i].dimensions.get(batch, 1))):
        for basis in (lambda w: [w], lambda w: [np.sign(w)], lambda w: [w, np.sign(w)]):
            if _is_penalty(evidence, parameter, scaled, basis):
                return Found("regularised-bias" if evidence.expected[0].ndim == 1 else "unrequested-regularisation")
    return None


def _is_penalty(
    evidence: Evidence,
    parameter: str,
    scaled: Callable[[int], float],
    basis: Callable[[Array], list[Array]],
) -> bool:
    weights = [np.asarray(evidence.calls[i].values[parameter], dtype=float) for i in evidence.judged]
    values = [evidence.outcomes[i].value for i in evidence.judged]
    aims = [evidence.expected[i] for i in evidence.judged]
    if any(v is None or v.size != a.size or w.size != a.size for v, a, w in zip(values, aims, weights, strict=True)):
        return False
    columns = [
        np.stack([part.ravel() * scaled(i) for part in basis(w)], 1)
        for i, w in zip(evidence.judged, weights, strict=True)
    ]
    moderate = [
        n
        for n, (w, a) in enumerate(zip(weights, aims, strict=True))
        if np.max(np.abs(w)) < 1e3 and np.max(np.abs(a)) < 1e3
    ]
    if not moderate:
        return False
    rest = np.concatenate([np.ravel(values[n]) - aims[n].ravel() for n in moderate])  # type: ignore[arg-type]
    share, *_ = np.linalg.lstsq(np.concatenate([columns[n] for n in moderate]), rest, rcond=None)
    if not np.isfinite(share).all() or np.max(np.abs(share)) < 1e-7:
        return False
    return all(
        same(v.reshape(a.shape) if v is not None else v, a + (c @ share).reshape(a.shape), evidence.tolerance)
        for v, a, c in zip(values, aims, columns, strict=True)
    )


# ---------------------------------------------------------------- state, arguments


def _remembered(evidence: Evidence, known: Known) -> Found | None:
    """What earlier calls left behind."""
    if not evidence.code.keeps_state or not known.homework.graph.quantities:  # frozen trials have no right function
        return None
    for name, given in kept.explanations(evidence, known.right(evidence)):
        if evidence.explained_in_turn(given):
            return Found(name)
    return None


def _returned(evidence: Evidence, known: Known) -> Found | None:
    """An argument, or another quantity that was at hand, given back."""
    for name in evidence.asks:
        if evidence.explained_by(lambda i, name=name: as_value(evidence.calls[i].values[name])):  # type: ignore[misc]
            return Found("returns-wrong-variable")
    return None


def _unlike_itself(evidence: Evidence) -> Found | None:
    """The same trial twice, and two answers: something is kept, though it can not be said what."""
    twins: dict[int, int] = {}
    for index, trial in enumerate(evidence.trials):
        first = twins.setdefault(id(trial.leaves), index)
        if first != index and evidence.code.keeps_state:
            before, now = evidence.outcomes[first].value, evidence.outcomes[index].value
            if before is not None and now is not None and not same(now, before, evidence.tolerance):
                return Found("stale-cache")
    return None


# ---------------------------------------------------------------- two things at once


def _beside(evidence: Evidence, known: Known) -> Found | None:
    """A known mistake, and the batch averaged once too often or once too little besides."""
    batch = evidence.roles.batch
    if not batch:
        return None
    fitting: dict[str, str] = {}
    for place, each in known.misconceptions(evidence, numbered=False):
        for power in (1, -1):

            def value(index: int, place: int = place, power: int = power) -> Value:
                known_value = known.value(evidence, place, index)
                size = float(evidence.trials[index].dimensions[batch])
                return None if known_value is None else known_value * size**power

            if each.name not in fitting and evidence.explained_by(value):
                fitting[each.name] = each.feedback
    return _chosen(fitting, evidence)


def _pairs(evidence: Evidence, known: Known) -> Found | None:
    """Two mistakes at once, within a budget: most pairs are turned away by the first trial that is wrong."""
    if evidence.zeros or not evidence.wrong:
        return None  # too many pairs give zeros
    candidates = list(known.misconceptions(evidence, numbered=False))
    for first, second, feedback, value in itertools.chain(
        _laid_out_otherwise(candidates, evidence, known), _two_quantities(candidates, evidence, known)
    ):
        if evidence.explained_by(value) and choose([first], evidence) and choose([second], evidence):
            return Found(first, feedback, second=second)
    return None


Pair = tuple[str, str, str, Callable[[int], Value]]
Candidates = list[tuple[int, Misconception]]


def _laid_out_otherwise(candidates: Candidates, evidence: Evidence, known: Known) -> Iterator[Pair]:
    index = evidence.wrong[0]
    for place, each in candidates:
        before = known.value(evidence, place, index)
        for name, transform in arrays.LAYOUTS if before is not None else ():
            if evidence.explained_at(index, made(transform, before)):

                def value(i: int, place: int = place, transform: arrays.Transform = transform) -> Value:
                    return made(transform, known.value(evidence, place, i))

                yield each.name, name, each.feedback, value


def _two_quantities(candidates: Candidates, evidence: Evidence, known: Known) -> Iterator[Pair]:
    index, tried = evidence.wrong[0], 0
    own = [place for place, each in candidates if each.quantity == evidence.function]
    for one, first in candidates:
        if first.quantity == evidence.function or tried > _MOST_PAIRS:
            continue
        tried += len(own)
        given = known.given(evidence, evidence.calls[index], evidence.trials[index])
        changed = known.replaced(given, one)
        if changed is None:
            continue
        for two, value_there in known.all_replaced(changed, own):
            if evidence.explained_at(index, value_there):

                def value(i: int, places: tuple[int, int] = (one, two)) -> Value:
                    given = known.given(evidence, evidence.calls[i], evidence.trials[i])
                    return known.mistaken(evidence.function, given, places)

                yield first.name, known.homework.misconceptions[two].name, first.feedback, value
