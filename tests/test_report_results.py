"""Results made by hand for the tests of the report, and a reader that takes a page apart again."""

from __future__ import annotations

import random
import re
from html.parser import HTMLParser
from typing import Any

from grader.models import (
    CheckResult,
    Counterexample,
    CriterionResult,
    Decided,
    DecidedCriterion,
    Diagnosis,
    DifferenceShown,
    Lateness,
    Result,
    Said,
    Shown,
    SourceShown,
    Verdict,
)
from grader.report import Entry, class_page, front_page, row_of, student_page

FORMULAS = {
    "grad_oa": (
        r"\frac{\partial L}{\partial o^a} = o^s - \mathrm{onehot}_m(y)",
        "grad_oa = os - onehot(y)",
    ),
    "grad_b2": (r"\frac{\partial L}{\partial b^{(2)}} = \frac{\partial L}{\partial o^a}", "grad_b2 = grad_oa"),
    "grad_W2": (
        r"\frac{\partial L}{\partial W^{(2)}} = \frac{\partial L}{\partial o^a} \, (h^s)^\top",
        "grad_W2 = grad_oa times hs transposed (an outer product)",
    ),
    "grad_hs": (
        r"\frac{\partial L}{\partial h^s} = (W^{(2)})^\top \, \frac{\partial L}{\partial o^a}",
        "grad_hs = W2 transposed times grad_oa",
    ),
    "grad_ha": (
        r"\frac{\partial L}{\partial h^a} = \frac{\partial L}{\partial h^s} \odot 1_{[h^a > 0]}",
        "grad_ha = grad_hs, entry by entry where ha is above 0, else 0",
    ),
    "grad_b1": (r"\frac{\partial L}{\partial b^{(1)}} = \frac{\partial L}{\partial h^a}", "grad_b1 = grad_ha"),
    "grad_W1": (
        r"\frac{\partial L}{\partial W^{(1)}} = \frac{\partial L}{\partial h^a} \, x^\top",
        "grad_W1 = grad_ha times x transposed (an outer product)",
    ),
    "grad_x": (
        r"\frac{\partial L}{\partial x} = (W^{(1)})^\top \, \frac{\partial L}{\partial h^a}",
        "grad_x = W1 transposed times grad_ha",
    ),
}
OFF_BY_ONE = "Your labels start at 1 but Python counts from 0: subtract 1 from y."
GRAD_OA = '''def grad_oa(os, y):
    """The output's gradient."""
    onehot = np.eye(len(os))[y]  # one row of the identity
    return os - onehot
'''


def check(name: str, failed: int = 0, trials: int = 12, worth: float = 1.0, **more: Any) -> CheckResult:
    verdict = more.pop("verdict", Verdict.WRONG_ANSWER if failed else Verdict.ACCEPTED)
    score = worth if verdict is Verdict.ACCEPTED else 0.0
    return CheckResult(name=name, verdict=verdict, score=score, max_score=worth, trials=trials, failed=failed, **more)


def criterion(function: str, *checks: CheckResult, verdict: Verdict = Verdict.ACCEPTED, **more: Any) -> CriterionResult:
    checks = checks or (
        check("random shapes", worth=1.5),
        check("y indexing", trials=4, worth=0.5),
        check("unusual inputs", trials=5, worth=0),
        check("repeatable", trials=2, worth=0.5),
    )
    formula, words = FORMULAS.get(function, ("", ""))
    fields: dict[str, Any] = {
        "score": sum(line.score for line in checks),
        "max_score": sum(line.max_score for line in checks),
        "formula": formula,
        "formula_text": words,
    }
    return CriterionResult(function=function, verdict=verdict, checks=checks, **{**fields, **more})


def result(*criteria: CriterionResult, **more: Any) -> Result:
    fields: dict[str, Any] = {
        "grader": "0.2.0",
        "homework": "hw3-gradients",
        "title": "Gradients of a one-hidden-layer network, one example",
        "student": "s07",
        "seed": 0,
        "rubric_digest": "sha256:3f2a9c1b44de09aa11",
        "submission_digest": "sha256:91bc0d77e2c4a1ff20",
        "sandbox": "seccomp, Landlock, own namespaces",
        "verdict": Verdict.PARTIAL,
        "score": sum(one.score for one in criteria),
        "max_score": sum(one.max_score for one in criteria),
        "convention": None,
        "notes": (),
    }
    return Result(criteria=criteria, **{**fields, **more})


def full_marks(student: str = "s01") -> Result:
    return result(*map(criterion, FORMULAS), student=student, verdict=Verdict.ACCEPTED)


def off_by_one() -> CriterionResult:
    return criterion(
        "grad_oa",
        check("random shapes", 12),
        check("y indexing", 6, 6),
        check("numeric extremes", 2, 4, 0.5),
        check("unusual inputs", 5, 5, 0),
        check("repeatable", 0, 2, 0.5),
        verdict=Verdict.PARTIAL,
        message="grad_oa is wrong for small integers: expected -0.5, got 0.5 at [0] (2 of 2 entries differ)",
        diagnosis=Diagnosis(misconception="label-off-by-one", feedback=OFF_BY_ONE),
        difference=DifferenceShown(
            kind="values",
            message="expected -0.5, got 0.5 at [0] (2 of 2 entries differ)",
            where=((0,), (1,)),
            differing=2,
            total=2,
        ),
        counterexample=Counterexample(
            check="random shapes",
            case="small integers",
            inputs={
                "os": Shown(shape=(2,), letters=("m",), values=[0.5, 0.5]),
                "y": Shown(shape=(), values=1),
            },
            expected=Shown(shape=(2,), letters=("m",), values=[-0.5, 0.5]),
            actual=Shown(shape=(2,), letters=("m",), values=[0.5, -0.5]),
        ),
        source=SourceShown(first_line=12, text=GRAD_OA, marked_line=14),
    )


def wrong_w2() -> CriterionResult:
    return criterion(
        "grad_W2",
        check("random shapes", 9, 17, 1.5),
        check("y indexing", 0, 4, 0.5),
        check("repeatable", 0, 2, 0.5),
        verdict=Verdict.PARTIAL,
        message="the values differ",
        difference=DifferenceShown(
            kind="values",
            message="expected 0.333333, got 0.333345 at [1, 2] (2 of 12 entries differ)",
            where=((1, 2), (2, 3)),
            differing=2,
            total=12,
        ),
        counterexample=Counterexample(
            check="random shapes",
            case="random shapes",
            inputs={
                "grad_oa": Shown(shape=(3,), letters=("m",), values=[0.125, -1.0, 0.875]),
                "hs": Shown(shape=(4,), letters=("dh",), values=[0.0, 2.5, 0.375, 12.0]),
            },
            expected=Shown(
                shape=(3, 4),
                letters=("m", "dh"),
                values=[[0.0, 0.3125, 0.046875, 1.5], [0.0, -2.5, 0.333333, -12.0], [0.0, 2.1875, 0.328125, 10.5]],
            ),
            actual=Shown(
                shape=(3, 4),
                letters=("m", "dh"),
                values=[[0.0, 0.3125, 0.046875, 1.5], [0.0, -2.5, 0.333345, -12.0], [0.0, 2.1875, 0.328125, "nan"]],
            ),
        ),
        source=SourceShown(
            first_line=31,
            text="def grad_W2(delta, hs):\n    W = np.zeros((len(delta), len(hs)))\n    for i in range(len(delta)):\n"
            "        for j in range(len(hs)):\n            W[i, j] = delta[i] * hs[j] + 1e-5\n    return W\n",
        ),
        notes=("the parameter delta was read as grad_oa, by its position",),
    )


def large() -> CriterionResult:
    size = 20
    corner = [[float(i * size + j) / 8 for j in range(8)] for i in range(8)]
    bad = [[-value if i == j and i else value for j, value in enumerate(row)] for i, row in enumerate(corner)]
    return criterion(
        "grad_hs",
        check("random shapes", 16, 17, 1.5),
        check("y indexing", 0, 4, 0.5, verdict=Verdict.SKIPPED),
        check("repeatable", 0, 2, 0.5),
        verdict=Verdict.WRONG_ANSWER,
        message="the diagonal has the wrong sign",
        difference=DifferenceShown(
            kind="values",
            message="expected 2.625, got -2.625 at [1, 1] (19 of 400 entries differ)",
            where=tuple((k, k) for k in range(1, 20)),
            differing=19,
            total=400,
            picture=tuple("".join("#" if i == j and i else "." for j in range(size)) for i in range(size)),
        ),
        counterexample=Counterexample(
            check="random shapes",
            case="square shapes",
            inputs={"grad_oa": Shown(shape=(20,), letters=("m",), values=corner[0], window=((0, 7),))},
            expected=Shown(shape=(20, 20), letters=("n", "dh"), values=corner, window=((0, 7), (0, 7))),
            actual=Shown(shape=(20, 20), letters=("n", "dh"), values=bad, window=((0, 7), (0, 7))),
        ),
    )


def wrong_shape() -> CriterionResult:
    return criterion(
        "grad_x",
        check("random shapes", 17, 17, 1.5),
        check("relu at 0", 6, 6, 0.5),
        verdict=Verdict.WRONG_ANSWER,
        message="expected shape (d,) = (3,), got shape (3, 1, 1)",
        difference=DifferenceShown(kind="shape", message="expected shape (d,) = (3,), got shape (3, 1, 1)"),
        counterexample=Counterexample(
            check="random shapes",
            case="small integers",
            inputs={"y": Shown(shape=(), values=2)},
            expected=Shown(shape=(3,), letters=("d",), values=[1.0, -2.0, 0.25]),
            actual=Shown(shape=(3, 1, 1), values=[[[1.0]], [[-2.0]], [[0.25]]]),
        ),
        carried_forward=True,
    )


def stopped() -> CriterionResult:
    return criterion(
        "grad_ha",
        check("random shapes", 17, 17, 1, verdict=Verdict.RUNTIME_ERROR),
        check("relu at 0", 6, 6, 1, verdict=Verdict.RUNTIME_ERROR),
        verdict=Verdict.RUNTIME_ERROR,
        message="line 47 stopped with ValueError: shapes (3,) and (4,) not aligned: 3 (dim 0) != 4 (dim 0)",
        counterexample=Counterexample(
            check="random shapes",
            case="small integers",
            inputs={
                "grad_hs": Shown(shape=(3,), letters=("dh",), values=[1.0, 0.0, -2.0]),
                "ha": Shown(shape=(3,), letters=("dh",), values=[2.0, -1.0, 3.0]),
            },
            expected=Shown(shape=(3,), letters=("dh",), values=[1.0, 0.0, -2.0]),
        ),
        source=SourceShown(
            first_line=45,
            text="def grad_ha(grad_hs, ha):\n    mask = ha > 0\n    return np.dot(grad_hs, x) * mask\n",
            marked_line=47,
        ),
    )


def trouble(student: str = "s07") -> Result:
    """Most kinds of trouble that one work can have."""
    none = criterion(
        "grad_b1",
        check("random shapes", 17, 17, 1, verdict=Verdict.WRONG_ANSWER),
        verdict=Verdict.WRONG_ANSWER,
        message="the function returned None: is a return missing?",
        diagnosis=Diagnosis(
            misconception="missing-return", feedback="The function computes a value but never returns it."
        ),
        counterexample=Counterexample(
            check="random shapes",
            case="small integers",
            inputs={"grad_ha": Shown(shape=(2,), letters=("dh",), values=[1.0, 2.0])},
            expected=Shown(shape=(2,), letters=("dh",), values=[1.0, 2.0]),
            returned="None",
        ),
    )
    absent = criterion(
        "grad_W1",
        check("random shapes", 17, 17, 1, verdict=Verdict.MISSING),
        verdict=Verdict.MISSING,
        message="there is no function grad_W1 in the file; did you mean grad_w_1?",
    )
    slow = criterion(
        "grad_b2",
        check("random shapes", 1, 17, 1, verdict=Verdict.TIME_LIMIT),
        check("repeatable", 0, 2, 0.5, verdict=Verdict.SKIPPED),
        verdict=Verdict.TIME_LIMIT,
        message="one call used more than 2 seconds",
    )
    return result(
        off_by_one(),
        slow,
        wrong_w2(),
        large(),
        stopped(),
        none,
        absent,
        wrong_shape(),
        criterion("grad_q"),
        student=student,
        convention="mean at the output",
        message="Line 3 could not be run: ModuleNotFoundError: No module named 'torch'",
        notes=("the functions were found inside the class Network",),
    )


def two_wrong(student: str = "s12") -> Result:
    """The typical case: six functions right, two wrong."""
    accepted = [name for name in FORMULAS if name not in {"grad_oa", "grad_W2"}]
    return result(off_by_one(), wrong_w2(), *map(criterion, accepted), student=student)


def not_judged(student: str = "s09") -> Result:
    lost = [
        criterion(name, check("random shapes", 0, 0, 2, verdict=Verdict.JUDGE_ERROR), verdict=Verdict.JUDGE_ERROR)
        for name in FORMULAS
    ]
    return result(*lost, student=student, verdict=Verdict.JUDGE_ERROR, score=None, message="the sandbox did not start")


STRANGE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>\x1b[31mred\x07\x00\x9b2J\u202eevil\u2066\u2069\u200e\u200f"
    "\u061c\u200b\u200d\ufeff\u2060\u00ad\ud800\udfff\U000e0041\u2028\"'>{{ 7*7 }}{% raw %}a" + "\u0301" * 40
)
HARMLESS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b-\u200f\u061c\ufeff\u2028\u00ad]")


def hostile(student: str = STRANGE) -> Result:
    """Everything that a student controls, at its worst."""
    long = "x = " + "1+" * 50_000 + "\n"
    everything = Shown(shape=(2,), letters=(STRANGE, STRANGE), values=[STRANGE, "nan"])
    bad = criterion(
        "grad_oa",
        check("random shapes", 12, message=STRANGE),
        check(STRANGE, 1, 1, 0, message=STRANGE),
        verdict=Verdict.WRONG_ANSWER,
        message=STRANGE,
        diagnosis=Diagnosis(misconception=STRANGE, feedback=STRANGE),
        difference=DifferenceShown(
            kind="finite", message=STRANGE, where=((0,),), differing=1, total=2, picture=("<#>",)
        ),
        counterexample=Counterexample(
            check=STRANGE,
            case=STRANGE,
            inputs={STRANGE: everything},
            expected=everything,
            actual=everything,
            returned=STRANGE * 1000,
        ),
        source=SourceShown(first_line=1, text=(f"# {STRANGE}\n" + long) * 40, marked_line=3),
        notes=(STRANGE,),
        formula=r"\text{<script>}" + STRANGE,
        formula_text=STRANGE,
    )
    return result(
        *[bad.model_copy(update={"function": name}) for name in FORMULAS],
        student=student,
        title=STRANGE,
        convention=STRANGE,
        message=STRANGE,
        notes=(STRANGE, *["n" * 100_000] * 50),
        sandbox=STRANGE,
    )


def a_class(size: int = 40) -> list[Result]:
    """A class with every kind of student, the same each time."""
    chance = random.Random(7)
    results = [trouble("s07"), not_judged("s09"), hostile("s10 <b>")]
    while len(results) < size:
        name = f"s{len(results) + 10:02}"
        kind = chance.random()
        if kind < 0.3:
            results.append(full_marks(name))
        else:
            wrong = [part for part in (off_by_one(), wrong_w2(), wrong_shape(), stopped()) if chance.random() < 0.45]
            names = {part.function for part in wrong}
            rest = [criterion(function) for function in FORMULAS if function not in names]
            both = sorted([*wrong, *rest], key=lambda part: list(FORMULAS).index(part.function))
            verdict = Verdict.PARTIAL if wrong else Verdict.ACCEPTED
            results.append(result(*both, student=name, verdict=verdict))
    return results


def the_class_page(size: int = 40) -> str:
    rows = [row_of(one) for one in a_class(size)]
    return class_page("hw3-gradients", "Gradients of a one-hidden-layer network, one example", rows)


def the_front_page() -> str:
    return front_page(
        [
            Entry(
                "hw3-gradients",
                "Gradients of a one-hidden-layer network, one example",
                118,
                16.5,
                20.0,
                "hw3-gradients/index.html",
            ),
            Entry("hw3-minibatch", "Gradients of a minibatch", 1, None, 20.0, "hw3-minibatch/index.html"),
        ]
    )


# ---------------------------------------------------------------- reading a page back


VOID = {"meta", "input", "br", "link", "img"}


class Reader(HTMLParser):
    """Collects the elements, the attributes and the text of a page, and insists that every element is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: set[tuple[str, tuple[str, ...]]] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.elements.add((tag, tuple(sorted(name for name, _ in attrs))))
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open[-1:] not in (["style"], ["script"]):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def text_of(page: str) -> str:
    return Reader(page).text


def decided_page() -> str:
    """A page with all that a teacher can decide."""
    result, staff = (
        trouble(),
        {"author": "course staff", "reason": "ill", "max_score": 3.0, "ground_now": "", "ground": None},
    )
    function = result.criteria[0].function
    said = {"function": function, "judged": 0.0, "points": 1.5, "excused": False, "extension": None, "comment": "Half."}
    decided = Decided(
        student=result.student,
        judged=result.score,
        score=3.25,
        max_score=17.0,
        criteria=tuple(
            DecidedCriterion(
                function=each.function,
                judged=each.score,
                score=1.5 if each.function == function else each.score,
                max_score=each.max_score,
                excused=place == 2,
            )
            for place, each in enumerate(result.criteria)
        ),
        overrides=(Said(**said, **staff), Said(**{**said, "function": None, "points": None}, **staff)),
        late=Lateness(
            submitted_at="2026-12-03 00:30:00", due="2026-12-01 23:59:00", timezone="Europe/Zurich", extended=True, days=2,
            refused=False, before=4.25, penalty=1.0,
        ),
    )  # fmt: skip
    return student_page(result, decided)


EVERY_PAGE = {
    "decided": decided_page,
    "full": lambda: student_page(full_marks()),
    "trouble": lambda: student_page(trouble()),
    "two wrong": lambda: student_page(two_wrong()),
    "not judged": lambda: student_page(not_judged()),
    "hostile": lambda: student_page(hostile()),
    "class": the_class_page,
    "nobody": lambda: class_page("hw3-gradients", "Nobody", []),
    "front": the_front_page,
    "empty front": lambda: front_page([]),
}


def test_the_results_are_of_format_1() -> None:
    for one in (full_marks(), trouble(), two_wrong(), not_judged()):
        assert Result.model_validate_json(one.model_dump_json()) == one
