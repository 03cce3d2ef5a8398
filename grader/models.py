"""Every noun of the grader, once.

What crosses a border (a rubric file, a result file) is a pydantic model: frozen, and it forbids what it does not
know. What only walks between rooms is a frozen dataclass. A piece of work changes its type as it walks:

    file -> Submission -> Outcome -> Difference -> Verdict -> Result -> page
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    StrictBool,
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


def _read_number(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError(
            f"found {str(value).lower()}, expected a number; YAML reads yes, no, on and off as true and false"
        )
    return value


_Number = BeforeValidator(_read_number)
"""Python takes true for 1; a teacher who writes `yes` does not mean it."""

Real = Annotated[float, _Number]
Whole = Annotated[int, _Number]
Name = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z_0-9]*$")]
Points = Annotated[Real, Field(ge=0, le=1000, allow_inf_nan=False)]
Size = Annotated[Whole, Field(ge=1, le=64)]
Share = Annotated[Real, Field(ge=0, le=1, allow_inf_nan=False)]
MistakeName = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Reveal = Literal["verdict", "diagnosis", "counterexample", "expected"]
Visibility = Literal["public", "hidden", "after_due"]


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
    first: Whole = Field(0, ge=0, le=1, description="label only: the number of the first class, 0 or 1")
    negative: StrictBool = Field(True, description="real only: whether negative numbers are drawn")

    @property
    def any_shape(self) -> bool:
        """Whether the number of its axes is the case's to say."""
        return self.shape == ANY_SHAPE


class Activation(_Strict):
    """Where the network bends: what the edge cases about a relu or a softmax have to move."""

    kind: Literal["relu", "softmax"]
    of: Name = Field(description="the quantity that the activation is applied to")
    moved_by: Name = Field(description="the bias that is added to it, along its last axis")
    at_zero: Real = Field(0.0, ge=0, le=1, description="relu only: its derivative at 0, a convention")


class Tolerance(_Strict):
    """A value is accepted if |actual - expected| <= atol + rtol * max|expected|, entry by entry."""

    rtol: Real = Field(1e-5, ge=0, le=0.1)
    atol: Real = Field(1e-6, ge=0, le=0.1)


class Limits(_Strict):
    """What one call, and one statement at module level, may use."""

    seconds: Real = Field(2.0, gt=0, le=600, description="CPU seconds of one call of a function")
    load_seconds: Real = Field(10.0, gt=0, le=600, description="CPU seconds of one statement at module level")
    memory_mb: Whole = Field(1024, ge=64, le=65536, description="megabytes beyond what Python and numpy take")


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


class Together(_Strict):
    """Offers that one parameter may ask for, as a tuple or a list."""

    of: tuple[Name, ...] = Field(description="names under 'offers', in order")
    names: tuple[Name, ...] = Field((), description="more names of such a parameter")
    examples: bool = Field(False, description="the rows of a data set: a pair, or one array with the last as a column")


class ClassAsked(_Strict):
    """The class that students write, where a homework asks for one: what it is called and how it is spoken to."""

    names: Annotated[tuple[Name, ...], Field(min_length=1)] = Field(
        description="the class's name, then others; the only class of a file may have any"
    )
    constructor: tuple[Name, ...] = Field(description="the declared signature: names under 'offers', in order")
    offers: dict[Name, tuple[Name, ...]] = Field(
        description="what the constructor and the methods may ask for, with the other names of each"
    )
    given: dict[Name, Annotated[Name | int | float, _Number]] = Field(
        {}, description="name under 'offers': the quantity or number that it is, where a criterion says nothing else"
    )
    together: dict[Name, Together] = Field(
        {},
        description="offers that one parameter may ask for; under an offer's name, if its default is a tuple or list",
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
    distributions: tuple[Name, ...] = Field(
        (),
        description="quantities with rows that sum to 1: under unknown names they are found by that and by their shape",
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
    given: dict[Name, Annotated[Name | int | float, _Number]] = Field(
        {}, description="name under 'offers': the quantity or the number that it is here"
    )
    last: dict[Name, Annotated[Name | int | float, _Number]] = Field(
        {}, description="what is given otherwise to the last method"
    )
    needs: tuple[Name, ...] = Field((), description="names under 'offers' of which at least one must be handed over")
    sets: tuple[Name, ...] = Field((), description="the parameters that the object is given before anything is called")
    calls: tuple[Name, ...] = Field((), description="the methods, in order")
    reads: tuple[Name, ...] = Field(
        (),
        description="parameters or quantities; several are put together as one row; none: what the last call returns",
    )
    rounds: Whole = Field(0, ge=0, le=100, description="so many times all methods are called, and the value read")
    attempts: Whole = Field(0, ge=0, le=10, description="so many fresh objects")
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
    seconds: Real | None = Field(None, gt=0, le=600, description="in place of the rubric's limit of one call")

    @property
    def returns(self) -> str:
        """The quantity that comes back from the student: the criterion's own, or the one that it is a property of."""
        return self.object.value if self.object else self.function

    @property
    def of_a_new_object(self) -> bool:
        """Whether it is about what an object has before anything is called: that may be 0 wherever it is made."""
        return self.object is not None and not self.object.calls

    @property
    def max_score(self) -> float:
        """The points of all checks together."""
        return round(sum(self.points.values()), 6)


def _read_moment(value: Any) -> Any:
    if isinstance(value, datetime) or (isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d[T ]\d", value)):
        return value
    found = value.isoformat() if isinstance(value, date) else repr(value)
    raise ValueError(f"found {found}, expected a date with a time, as in 2026-12-01T23:59:00")


def _check_moment(value: datetime) -> datetime:
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise ValueError(f"found the year {value.year}, expected one from {_FIRST_YEAR} to {_LAST_YEAR}")
    return value


_FIRST_YEAR, _LAST_YEAR = 1970, 2999

Moment = Annotated[datetime, BeforeValidator(_read_moment), AfterValidator(_check_moment)]
"""A date with a time: never a date alone, whose first second it would be, and never a number."""


def instant(clock: datetime, timezone: str) -> datetime:
    """The moment at which the course's clocks show this; of two, the later."""
    return max(instants(clock, timezone))


def instants(clock: datetime, timezone: str) -> list[datetime]:
    """The moments at which the course's clocks show this: two where an hour is repeated, or left out."""
    zone = ZoneInfo(timezone)
    return [clock.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]


class Late(_Strict):
    """What it costs to hand in late. Without any key, it costs nothing."""

    points: Points = Field(0.0, description="points off, once, however late")
    percent_a_day: Real = Field(
        0.0, ge=0, le=100, allow_inf_nan=False, description="percent off for each day late that has begun"
    )
    of: Literal["max_score", "score"] = Field(
        "max_score", description="what the percentage is of: of all points that there are, or of those that were made"
    )
    free_days: Whole = Field(0, ge=0, le=365, description="days late that cost nothing")
    grace_minutes: Whole = Field(0, ge=0, le=1440, description="minutes beyond a deadline that are not counted")
    refuse_after_days: Whole | None = Field(
        None, ge=0, le=365, description="after so many days, what is handed in gets no points"
    )


class Rubric(_Strict):
    """One homework: what is drawn, what is asked for, what it is worth."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={"oneOf": [{"required": [key]} for key in ("reference", "trials")]},
    )

    homework: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")] = Field(
        description="the homework's name: the folder of its submissions"
    )
    title: str
    description: str = ""
    language: Language = Field("en", description="the language of all feedback, unless the command names another")
    reference: str = Field("", description="the reference module, a path beside this rubric")
    trials: str = Field(
        "", description="in place of a reference: a file of frozen trials, a path beside this rubric, as a kit has it"
    )
    file: str | None = Field(
        None,
        description="which of several files is graded: its name, its path, or a pattern such as *.ipynb "
        "(default: the one that defines the functions)",
    )
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
    conventions: dict[str, dict[Name, Annotated[str | int | float, _Number]]] = Field(
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
    visibility: dict[str, Visibility] = Field(
        {}, description="check: public (default), hidden (the course's own) or after_due (shown once `due` has passed)"
    )
    packages: tuple[Annotated[str, Field(pattern=r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$")], ...] = Field(
        (), description="what students may import beyond numpy and Python's own modules, by the name in the import"
    )
    examples: dict[str, dict[str, Any]] = Field(
        {}, description="worked examples: the numbers of every input, and under 'gives' what comes of them"
    )
    asked: ClassAsked | None = Field(None, alias="class", description="the class, where students hand in one")
    due: Moment | None = Field(None, description="when the homework is due, in the time zone")
    timezone: str | None = Field(None, description="the time zone of `due`, as in Europe/Zurich")
    late: Late | None = Field(None, description="what it costs to hand in after that")
    checks: dict[str, dict[str, Annotated[Whole, Field(ge=1, le=1000)]]] = Field(
        description="named families of trials: how many of which case"
    )
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]

    @property
    def max_score(self) -> float:
        """The points of all criteria together."""
        return round(sum(criterion.max_score for criterion in self.criteria), 6)

    @property
    def due_at(self) -> datetime | None:
        """When the homework is due, with its time zone."""
        if self.due is None or self.timezone is None or self.due.tzinfo is not None:
            return self.due
        return instant(self.due, self.timezone)

    def hidden(self, now: datetime) -> frozenset[str]:
        """The checks that students may not see at this time."""
        due = self.due_at
        waiting = due is None or now < due
        return frozenset(
            name for name, seen in self.visibility.items() if seen == "hidden" or (seen == "after_due" and waiting)
        )


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
    shape: tuple[int, ...] | None = None
    """of the value that is expected, where that is the value itself; it only makes the way back shorter"""


@dataclass(frozen=True, eq=False)
class Calls:
    """Calls of a homework's functions. Compared by identity."""

    wanted: tuple[Wanted, ...]
    calls: tuple[Call, ...]
    lasting: bool = True
    """the same for every submission, and kept where they are made; else they travel with the one request"""
    repeats: Calls | None = None
    """the calls of one function, of which these are the same again for each function wanted, a version of that one"""

    @property
    def packed(self) -> Calls:
        """Those that are packed and kept: the ones that are repeated, or these."""
        return self.repeats or self


class Place(NamedTuple):
    """Where a line of a submission's source is for its author. Without a cell and a file: a line of the one file."""

    line: int
    cell: int | None = None
    """of a notebook; code cells are counted from the top, from 1"""
    file: str = ""
    """where it is not the graded file itself"""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a submission: where it lies in the source, which is all of them one after the other."""

    path: str
    """below the submission's folder, with slashes; Python finds it by this path when it is imported"""
    start: int
    end: int
    """bytes of the source"""
    first_line: int = 1
    """the number, in the source, of its first line"""
    cells: tuple[int, ...] = ()
    """of a notebook: the number, in the source, of the first line of each code cell"""


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a submission, the graded one first. Empty for a single .py file, whose lines are the source's."""

    files: tuple[SourceFile, ...] = ()

    @property
    def cells(self) -> tuple[int, ...]:
        """The first line of each code cell, if the graded file is a notebook."""
        return self.files[0].cells if self.files else ()

    @property
    def stretches(self) -> tuple[tuple[str, int, int, int], ...]:
        """Path, first and last byte, first line of each file."""
        return tuple((file.path, file.start, file.end, file.first_line) for file in self.files)

    def place(self, line: int) -> Place:
        """Where a line of the source is for its author."""
        for file in reversed(self.files):
            if line < file.first_line:
                continue
            if file is not self.files[0]:
                return Place(line - file.first_line + 1, None, file.path)
            cell = bisect_right(file.cells, line)
            return Place(line - file.cells[cell - 1] + 1, cell) if cell else Place(line)
        return Place(line)


ONE_FILE = Files()


@dataclass(frozen=True, slots=True)
class Program:
    """A student's files as bytes, and the statements that are known to hang or kill the process."""

    source: bytes
    left_out: frozenset[int] = frozenset()
    files: Files = ONE_FILE


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
    where: str = ""
    """the line in words, where its number alone does not say it"""


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
    where: str = ""
    """the line in words, where its number alone does not say it"""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What came of a run: one outcome for each call, in order."""

    outcomes: Mapping[int, Outcome]
    bound: Mapping[str, Bound]
    left_out: tuple[LeftOut, ...] = ()
    unreadable: str = ""
    """why Python can not read the file at all; then there are no outcomes"""
    in_one_go: bool = False
    """one process made all the calls, and none of them ended it"""
    whole: Mapping[str, Array] = field(default_factory=dict)
    """the values of all calls of a function in one piece, one after the other, where each is an array of float64 of the
    shape that was expected and nothing was written to; `outcomes` has them too, and those of every other function"""


# ---------------------------------------------------------------- submissions and judgement


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell of a notebook that Python can not read: it is left out, as a statement that fails is."""

    line: int
    error: str
    text: str


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's hand-in.

    `problem` says why there is nothing to run, `fault` why we could not read it: our failure, and no score.
    """

    student: str
    source: bytes
    file_name: str = ""
    problem: str = ""
    fault: str = ""
    files: Files = ONE_FILE
    unread: tuple[Unread, ...] = ()
    notes: tuple[str, ...] = ()
    """what the student should know about how it was read"""
    submitted_at: datetime | None = None
    """aware; None where nobody wrote it down"""
    late: bool | None = None
    """what the learning platform says, where it says something"""
    attempt: int | None = None
    """1 is the first"""

    @property
    def digest(self) -> str:
        """Of everything that is run; the same for the same files."""
        digest = hashlib.sha256(self.source)
        if self.files.files or self.unread:
            digest.update(repr((self.files, self.unread)).encode("utf-8", "backslashreplace"))
        return f"sha256:{digest.hexdigest()}"


def student_id(text: str) -> str:
    """An id in one spelling: some systems write an accent as a letter of its own, and mean the same."""
    return unicodedata.normalize("NFC", text)


@dataclass(frozen=True, slots=True)
class HandIn:
    """Where a student's hand-in lies, and what its place says about it.

    `problem` says why nothing in it can be read, `fault` why it is not clear what to read: ours, and no score.
    """

    student: str
    path: Path
    problem: str = ""
    fault: str = ""
    files: tuple[tuple[str, str], ...] = ()
    """of a platform's download at `path`: each file's name there, and the name that its author gave it"""
    name: str = ""
    email: str = ""
    system: str = ""
    """the platform that it was downloaded from: Moodle, Canvas, Gradescope, GitHub"""
    submitted_at: datetime | None = None
    late: bool | None = None
    attempt: int | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "student", student_id(self.student))


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
    cell: int | None = Field(None, description="the code cell of a notebook whose lines these are, counted from 1")
    file: str = Field("", description="the file whose lines these are, where it is not the graded file itself")


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
    reference_digest: str = Field("", description="of the reference and its misconceptions alone")
    convention: str | None
    message: str = Field("", description="what concerns the file as a whole; empty if nothing does")
    notes: tuple[str, ...]
    criteria: tuple[CriterionResult, ...]


# ---------------------------------------------------------------- a teacher's decisions


def _read_id(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError(f"found {value!r}, expected a student's id; put a number in quotes, as in '00123'")
    return student_id(value)


class Override(_Strict):
    """What a teacher decided about one student: of one function, or of the whole hand-in."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "anyOf": [{"required": [key]} for key in ("points", "excused", "extension", "comment")],
            "not": {"required": ["function", "extension"]},
        },
    )

    student: Annotated[str, Field(min_length=1), BeforeValidator(_read_id)] = Field(description="the student's id")
    function: Name | None = Field(None, description="the function it is about; without it, the whole hand-in")
    points: Points | None = Field(None, description="what it is worth, in place of what the grader says")
    excused: StrictBool = Field(False, description="it does not count, neither for nor against")
    extension: Moment | None = Field(None, description="when it is due for this student, in the course's time zone")
    comment: str = Field("", description="for the student, on the page")
    author: str = Field(min_length=1, description="who decided")
    reason: str = Field(min_length=1, description="why; for the course staff only")
    ground: Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{8}$")] | None = Field(
        None, description="what it was decided on, as `grade override` prints it"
    )


class Overrides(_Strict):
    """A file of overrides, beside a rubric."""

    overrides: tuple[Override, ...] = Field(description="one entry a decision")


class Said(_Strict):
    """An override as it was applied to a result."""

    function: str | None
    points: float | None
    judged: float | None = Field(description="what the grader says in its place; null where it does not know")
    max_score: float
    excused: bool
    extension: str | None
    comment: str
    author: str
    reason: str
    ground: str | None = Field(description="as it was written down")
    ground_now: str = Field(description="of what the result says now; empty where nothing was judged")
    changed: tuple[Literal["file", "judgement", "nothing to apply to"], ...] = Field(
        (), description="what has changed since it was decided"
    )


class Lateness(_Strict):
    """How late a hand-in was, and what that cost."""

    submitted_at: str | None = Field(description="in the course's time zone; null where it is not known")
    due: str = Field(description="for this student, in the course's time zone")
    timezone: str
    extended: bool
    days: int = Field(description="days late that have begun, with those that cost nothing")
    refused: bool
    before: float | None = Field(description="the score without it; null where it is not known")
    penalty: float
    marked_late: bool | None = Field(None, description="what the learning platform says, without a time")


class DecidedCriterion(_Strict):
    function: str
    judged: float = Field(description="the grader's score")
    score: float
    max_score: float
    excused: bool = False


class Decided(_Strict):
    """What a result is worth once the course's decisions are applied. The result itself stays as it was judged."""

    format: Literal[1] = 1
    student: str
    judged: float | None = Field(description="the grader's score; null where it is not known")
    score: float | None = Field(description="what counts; null where it is not known, or excused")
    max_score: float
    excused: bool = False
    criteria: tuple[DecidedCriterion, ...]
    overrides: tuple[Said, ...] = ()
    late: Lateness | None = None
