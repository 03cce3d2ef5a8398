"""Every noun of the grader, once.

What crosses a border (a rubric file, a result file) is a pydantic model: frozen, and it forbids what it does not
know. What only walks between rooms is a frozen dataclass. A piece of work changes its type as it walks:

    file -> Submission -> Outcome -> Difference -> Verdict -> Result -> page
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import numpy as np
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_serializer,
)

Array = np.ndarray[Any, np.dtype[Any]]
Quantity = Array | np.generic | int | float | str
"""A value in the graph: an array or a number; strings are constants of a convention."""


Language = Literal["en", "fr"]
"""What feedback can be written in."""


class Verdict(StrEnum):
    """Our judgement, a closed list."""

    ACCEPTED = "accepted"
    PARTIAL = "partial"
    WRONG_ANSWER = "wrong_answer"
    RUNTIME_ERROR = "runtime_error"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    MISSING = "missing"
    SKIPPED = "skipped"
    JUDGE_ERROR = "judge_error"


# ---------------------------------------------------------------- the rubric


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Name = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z_0-9]*$")]
Points = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
Size = Annotated[int, Field(ge=1, le=64)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
MistakeName = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Reveal = Literal["verdict", "diagnosis", "counterexample", "expected"]


ANY_SHAPE = ("...",)
"""What `shape: any` is kept as: no dimension can have this name."""


def _read_shape(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    return ANY_SHAPE if value in ("any", ANY_SHAPE) else handler(value)


def _or_any(schema: dict[str, Any]) -> None:
    letters = {key: schema.pop(key) for key in list(schema) if key not in ("description", "default", "title")}
    schema["anyOf"] = [letters, {"const": "any"}]


class Input(_Strict):
    """A leaf of the graph: what a trial draws."""

    kind: Literal["real", "label"] = Field("real", description="real: floating point numbers; label: class numbers")
    shape: Annotated[tuple[Name, ...], WrapValidator(_read_shape)] = Field(
        (),
        description="symbolic shape, as in [dh, d]; empty for a single number; any: as many axes as the case says",
        json_schema_extra=_or_any,
    )
    classes: Name | None = Field(None, description="label only: the dimension that counts the classes")
    first: int = Field(0, ge=0, le=1, description="label only: the number of the first class, 0 or 1")
    negative: bool = Field(True, description="real only: whether negative numbers are drawn")

    @property
    def any_shape(self) -> bool:
        """Whether the number of its axes is the case's to say."""
        return self.shape == ANY_SHAPE


class Activation(_Strict):
    """Where the network bends: what the edge cases about a relu or a softmax have to move."""

    kind: Literal["relu", "softmax"]
    of: Name = Field(description="the quantity that the activation is applied to")
    moved_by: Name = Field(description="the bias that is added to it, along its last axis")
    at_zero: float = Field(0.0, ge=0, le=1, description="relu only: its derivative at 0, a convention")


class Tolerance(_Strict):
    """A value is accepted if |actual - expected| <= atol + rtol * max|expected|, entry by entry."""

    rtol: float = Field(1e-5, ge=0, le=0.1)
    atol: float = Field(1e-6, ge=0, le=0.1)


class Limits(_Strict):
    """What one call, and one statement at module level, may use."""

    seconds: float = Field(2.0, gt=0, le=600, description="CPU seconds of one call of a function")
    load_seconds: float = Field(10.0, gt=0, le=600, description="CPU seconds of one statement at module level")
    memory_mb: int = Field(1024, ge=64, le=65536, description="megabytes beyond what Python and numpy take themselves")


class Gradient(_Strict):
    """What a function is the derivative of: so it can be proven by differences."""

    of: Name = Field(description="the quantity that is derived; of an array the sum of all entries")
    wrt: Name = Field(description="the quantity that it is derived by; the gradient has its shape")
    times: dict[str, Name] = Field(
        {}, description="convention: the dimension by which the derivative is multiplied under it"
    )


class Method(_Strict):
    """A method that students write."""

    parameters: tuple[Name, ...] = Field(description="the declared signature: names under 'offers', in order")
    names: tuple[Name, ...] = Field((), description="other names for it; without it, a function of the file will do")
    returns: tuple[Name, ...] = Field(
        (), description="quantities that it may return in place of keeping them: all in this order, or the last alone"
    )
    instead: Name | None = Field(
        None, description="the method that does it too, where that or the constructor has a parameter to choose it by"
    )


class ClassAsked(_Strict):
    """The class that students write, where a homework asks for one: what it is called and how it is spoken to."""

    names: Annotated[tuple[Name, ...], Field(min_length=1)] = Field(
        description="the class's name, then others; the only class of a file may have any"
    )
    constructor: tuple[Name, ...] = Field(description="the declared signature: names under 'offers', in order")
    offers: dict[Name, tuple[Name, ...]] = Field(
        description="what the constructor and the methods may ask for, with the other names of each"
    )
    given: dict[Name, Name | int | float] = Field(
        {}, description="name under 'offers': the quantity or number that it is, where a criterion says nothing else"
    )
    parameters: dict[Name, tuple[str, ...]] = Field(
        description="attributes that hold the parameters, and other places: layer1.W, weights[0], or keys of a dict"
    )
    choices: tuple[Name, ...] = Field(
        (), description="offers by which a method is chosen that stands in for another, as 'loop' does for 'fprop_loop'"
    )
    start: tuple[Name, ...] = Field(
        (), description="methods of which one makes the parameters, if the constructor does not"
    )
    methods: dict[Name, Method]
    quantities: dict[Name, tuple[str, ...]] = Field(
        {}, description="what the methods compute, with the other places where it may be kept"
    )
    keys: dict[Name, tuple[Name, ...]] = Field(
        {}, description="more names of quantities, in what a method returns alone: there W1 may be the gradient of W1"
    )
    shapes: dict[Name, tuple[Name, ...]] = Field(
        {}, description="shapes of quantities that are no gradient of a parameter, to find them in what is returned"
    )


class PictureAsked(_Strict):
    """What a page draws of a value that holds probabilities, round by round: of points first, then of a square grid."""

    points: Name = Field(description="the quantity that holds the points, (n, 2)")
    labels: Name = Field(description="the quantity that holds their labels, 0 or 1")
    view: Name = Field(description="the quantity that holds the points and then the grid, row by row")


class ObjectAsked(_Strict):
    """How a criterion's value is had from an object: what it is made with, what is called, what is read."""

    value: Name = Field(description="the quantity of the reference that comes back from the object")
    given: dict[Name, Name | int | float] = Field(
        {}, description="name under 'offers': the quantity or the number that it is here"
    )
    last: dict[Name, Name | int | float] = Field({}, description="what is given otherwise to the last method")
    sets: tuple[Name, ...] = Field((), description="the parameters that the object is given before anything is called")
    calls: tuple[Name, ...] = Field((), description="the methods, in order")
    reads: tuple[Name, ...] = Field(
        (),
        description="parameters or quantities; several are put together as one row; none: what the last call returns",
    )
    rounds: int = Field(0, ge=0, le=100, description="so many times all methods are called, and the value read")
    attempts: int = Field(0, ge=0, le=10, description="so many fresh objects")
    picture: PictureAsked | None = Field(None, description="a picture of what was learned, beside the reference's")


class Criterion(_Strict):
    """One function of the homework; of a class one thing that an object does."""

    function: Name = Field(description="the function that students write: a quantity of the reference")
    parameters: tuple[Name, ...] = Field(description="the declared signature: quantities, in order")
    offers: tuple[Name, ...] = Field(
        (), description="quantities that it may ask for although the reference computes it without them"
    )
    points: dict[str, Points] = Field(description="points by check; 0 points make a check a note that costs nothing")
    formula: str = Field("", description="the formula as LaTeX, for the page")
    formula_text: str = Field("", description="the same formula in words and plain signs, to be read aloud")
    aliases: dict[Name, tuple[Name, ...]] = Field({}, description="more names of parameters, for this function alone")
    tolerance: Tolerance | None = Field(None, description="in place of the rubric's tolerance")
    credit: dict[MistakeName, Share] = Field(
        {}, description="share of a failed check's points, for this function alone"
    )
    gradient: Gradient | None = Field(None, description="what the function is the gradient of; `grade audit` proves it")
    shape: Literal["vector", "exact"] = Field("vector", description="vector: (k,) may come back as (k,1) or (1,k)")
    object: ObjectAsked | None = Field(None, description="where students hand in a class: how its value is had")
    says: tuple[str, ...] = Field(
        (), description="a sentence for each entry of the value, for where it is the first that is wrong"
    )
    seconds: float | None = Field(None, gt=0, le=600, description="in place of the rubric's limit of one call")

    @property
    def returns(self) -> str:
        """The quantity that comes back from the student: the criterion's own, or the one that it is a property of."""
        return self.object.value if self.object else self.function

    @property
    def max_score(self) -> float:
        """The points of all checks together."""
        return round(sum(self.points.values()), 6)


class Rubric(_Strict):
    """One homework: what is drawn, what is asked for, what it is worth."""

    homework: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")] = Field(
        description="the homework's name: the folder of its submissions"
    )
    title: str
    description: str = ""
    language: Language = Field("en", description="the language of all feedback, unless the command names another")
    reference: str = Field(description="the reference module, a path beside this rubric")
    accepted: str | None = Field(
        None,
        description="a folder of files that must get full marks, a path beside this rubric "
        "(default: ../tests/submissions/<homework>/accepted)",
    )
    points: Points | None = Field(None, description="what all points must add up to; checked when the rubric is read")
    names: Literal["relaxed", "exact"] = Field(
        "relaxed", description="relaxed: a function's name may differ in case and underscores, with a note"
    )
    dimensions: dict[Name, tuple[Size, Size]] = Field(description="smallest and largest size of each dimension")
    inputs: dict[Name, Input]
    activations: tuple[Activation, ...] = ()
    conventions: dict[str, dict[Name, str | int | float]] = Field(
        {}, description="accepted conventions: each a set of constants given to the reference"
    )
    aliases: dict[Name, tuple[Name, ...]] = Field({}, description="other names of quantities, accepted as parameters")
    tolerance: Tolerance = Tolerance()
    limits: Limits = Limits()
    carried_forward: Share = Field(
        1.0, description="share of the points of a function that is right for the student's own wrong earlier value"
    )
    credit: dict[MistakeName, Share] = Field({}, description="share of a failed check's points, by known mistake")
    reveal: Reveal = Field(
        "expected",
        description="what students see of a failure: the verdict, its diagnosis too, the counterexample too, or also "
        "what was expected",
    )
    packages: tuple[Annotated[str, Field(pattern=r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$")], ...] = Field(
        (), description="what students may import beyond numpy and Python's own modules, by the name in the import"
    )
    examples: dict[str, dict[str, Any]] = Field(
        {}, description="worked examples: the numbers of every input, and under 'gives' what comes of them"
    )
    asked: ClassAsked | None = Field(None, alias="class", description="the class, where students hand in one")
    checks: dict[str, dict[str, Annotated[int, Field(ge=1, le=1000)]]] = Field(
        description="named families of trials: how many of which case"
    )
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]

    @property
    def max_score(self) -> float:
        """The points of all criteria together."""
        return round(sum(criterion.max_score for criterion in self.criteria), 6)


LEAVES_INPUTS_ALONE = "leaves its inputs alone"
"""The one check without trials of its own: it looks at every call of the function."""


@dataclass(frozen=True, slots=True, eq=False)
class Misconception:
    """A named wrong reference: what a quantity is for someone who makes this mistake, and the sentence for them."""

    name: str
    quantity: str
    function: Callable[..., Any]
    needs: tuple[str, ...]
    feedback: str


# ---------------------------------------------------------------- trials and calls

Layout = Literal["C", "F", "strided", "reversed"]
LabelForm = Literal["plain", "numpy", "0-d"]


@dataclass(frozen=True, slots=True)
class Trial:
    """One drawn set of leaves, and in which form the student's function gets them."""

    check: str
    case: str
    dimensions: Mapping[str, int]
    leaves: Mapping[str, Quantity]
    layout: Layout = "C"
    label_form: LabelForm = "plain"
    after_success: bool = False
    """says something only about a function that is right on ordinary inputs: judged only then"""
    given: bool = False
    """its numbers stand in the rubric: where it fails, it is the one to show"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A function that we look for in a submission, and what it may ask for."""

    name: str
    declared: tuple[str, ...]
    offered: tuple[str, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)
    """other name -> quantity"""
    exact: bool = False
    """whether the function's name must match to the letter"""
    dimensions: tuple[str, ...] = ()
    """those on offer that are plain sizes"""
    never: tuple[str, ...] = ()
    """quantities that it must not have: its target and what comes after it"""
    recipe: Mapping[str, Any] | None = None
    """where students hand in a class: how an object of it gives the value (see `sandbox/inside/objects.py`)"""
    seconds: float | None = None
    """the limit of one call, in place of the rubric's"""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of one function: everything on offer by name; the function takes what it asks for."""

    function: str
    values: Mapping[str, Quantity]
    layout: Layout = "C"


@dataclass(frozen=True, eq=False)
class Calls:
    """Calls of a homework's functions. Compared by identity."""

    wanted: tuple[Wanted, ...]
    calls: tuple[Call, ...]
    lasting: bool = True
    """the same for every submission, and kept where they are made; else they travel with the one request"""


@dataclass(frozen=True, slots=True)
class Program:
    """A student's file as bytes, and the statements that are known to hang or kill the process."""

    source: bytes
    left_out: frozenset[int] = frozenset()


# ---------------------------------------------------------------- outcomes


class Happened(StrEnum):
    """What happened when code ran: a value, or why there is none."""

    VALUE = "value"
    ODD = "odd"  # something came back that is no array of numbers
    RAISED = "raised"
    UNBOUND = "unbound"  # its parameters could not be supplied
    MISSING = "missing"
    EXITED = "exited"
    CRASHED = "crashed"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    NOT_RUN = "not_run"  # an earlier call of the same function ended the process


class Outcome(NamedTuple):
    """The outcome of one call. `text` says what came back, or the message of the exception."""

    happened: Happened
    value: Array | None = None
    text: str = ""
    line: int | None = None
    """the student's own line, where it is known"""
    changed: tuple[str, ...] = ()
    """the parameters whose arrays the call wrote into"""
    english: str = ""
    """`text` as it was said, where it was translated"""


@dataclass(frozen=True, slots=True)
class Bound:
    """How a wanted function was found, and how its parameters were read."""

    found_as: str | None = None
    readings: tuple[tuple[str, str, str], ...] = ()
    """(parameter, quantity, how): how is case, alias, position or wrapped"""
    asks: tuple[str, ...] = ()
    """the quantities that the function takes, each once"""
    first_line: int | None = None
    last_line: int | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A statement at module level that did not run to its end."""

    index: int
    line: int
    text: str
    fatal: bool
    """it hung or killed the process, so that it is left out from then on"""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What came of a run: one outcome for each call, in order."""

    outcomes: Mapping[int, Outcome]
    bound: Mapping[str, Bound]
    left_out: tuple[LeftOut, ...] = ()
    unreadable: str = ""
    """why Python can not read the file at all; then there are no outcomes"""
    undisturbed: bool = False
    """by all that can be seen, no function left anything behind that another could find"""


# ---------------------------------------------------------------- submissions and judgement


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's hand-in. `problem` says why there is nothing to run."""

    student: str
    source: bytes
    file_name: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class HandIn:
    """Where a student's hand-in lies; `problem` says why nothing in it can be read."""

    student: str
    path: Path
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """How an actual value differs from the expected one: one sentence and the facts behind it."""

    kind: Literal["shape", "finite", "values"]
    message: str
    where: tuple[tuple[int, ...], ...] = ()
    differing: int = 0
    total: int = 0


# ---------------------------------------------------------------- the result, format 1


class Shown(_Strict):
    """An array as a page shows it: whole if it is small, else the window that matters."""

    shape: tuple[int, ...]
    letters: tuple[str, ...] | None = None
    values: Any = Field(description="nested lists of numbers; nan and inf as strings; null beyond two axes")
    window: tuple[tuple[int, int], ...] = Field((), description="first and last index of each axis; empty if whole")


class DifferenceShown(_Strict):
    kind: Literal["shape", "finite", "values"]
    message: str
    where: tuple[tuple[int, ...], ...] = ()
    differing: int = 0
    total: int = 0
    picture: tuple[str, ...] = Field((), description="rows of # and . over a large array: where it differs")


class Counterexample(_Strict):
    check: str
    case: str
    inputs: dict[str, Shown]
    expected: Shown | None = None
    actual: Shown | None = None
    returned: str = Field("", description="what came back, where it was no array of numbers")


class SourceShown(_Strict):
    first_line: int
    text: str
    marked_line: int | None = None


class Diagnosis(_Strict):
    misconception: str
    feedback: str
    second: str | None = Field(None, description="the other mistake, where only two together explain the values")


class CheckResult(_Strict):
    name: str
    verdict: Verdict
    score: float
    max_score: float
    trials: int
    failed: int
    not_run: int = Field(0, description="trials that were not reached or not judged; neither passed nor failed")
    message: str = ""

    @property
    def passed(self) -> int:
        """How many trials passed."""
        return self.trials - self.failed - self.not_run


class LearnedBy(_Strict):
    """What one network says about a square of the plane, and how it came to that."""

    grid: tuple[tuple[float, ...], ...] = Field(description="the probability of class 1, row by row from below")
    losses: tuple[float, ...] = Field(description="the mean of -log of the right label's probability, round by round")
    accuracy: float


class Learned(_Strict):
    """A network that learned two classes of points of the plane, beside the reference."""

    edge: float = Field(description="the square reaches from -edge to edge")
    points: tuple[tuple[float, float], ...]
    labels: tuple[int, ...]
    student: LearnedBy
    reference: LearnedBy


class CriterionResult(_Strict):
    function: str
    verdict: Verdict
    score: float
    max_score: float
    message: str = Field("", description="the first reason, one sentence; empty if accepted")
    checks: tuple[CheckResult, ...]
    diagnosis: Diagnosis | None = None
    difference: DifferenceShown | None = None
    counterexample: Counterexample | None = None
    carried_forward: bool = False
    notes: tuple[str, ...] = ()
    formula: str = ""
    formula_text: str = ""
    source: SourceShown | None = None
    learned: Learned | None = Field(None, description="what a picture is drawn of, where the homework is to learn")

    @model_serializer(mode="wrap")
    def _without_nothing_learned(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Most homeworks have no pictures, and their results no word about them."""
        written: dict[str, Any] = handler(self)
        if self.learned is None:
            written.pop("learned", None)
        return written


class Result(_Strict):
    """What is known of one submission; no time, no duration, nothing of the machine."""

    format: Literal[1] = 1
    grader: str
    homework: str
    title: str
    student: str
    seed: int
    rubric_digest: str
    submission_digest: str
    sandbox: str
    verdict: Verdict
    score: float | None = Field(description="null where we failed (judge_error): unknown is not zero")
    max_score: float
    language: Language = Field("en", description="what its sentences are written in")
    convention: str | None
    message: str = Field("", description="what concerns the file as a whole; empty if nothing does")
    notes: tuple[str, ...]
    criteria: tuple[CriterionResult, ...]
