"""Labelled submissions, judged end to end: no function fails that is right, none passes that is wrong.

`tests/corpus/` has a label file; in `tests/submissions/<homework>/<verdict>/` the folder is the expectation, and a
line `# fails: ...` at the head of a file says for which functions. `submissions/` are the samples of the README.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT

from grader.batch import Job, grade_all
from grader.homework import Homework, read_homework
from grader.judge import judge
from grader.models import HandIn, Limits, Program, Result, Verdict
from grader.report import Row
from grader.sandbox import Setting, run

CORPUS = ROOT / "tests" / "corpus"
LABELS = json.loads((CORPUS / "labels.json").read_text(encoding="utf-8"))
HOMEWORKS = {"column": "gradients", "rows": "minibatch"}

FORGIVEN = {"top-level-script-code", "missing-local-file", "function-name-case", "parameter-name-unknown"}
"""Labelled as failing there; the grader skips a statement that fails and reads names leniently, with a note."""

STRICT = [n for n, label in LABELS.items() if "ambiguous" not in label and label["misconception"] not in FORGIVEN]

FILED = sorted(
    path.relative_to(ROOT / "tests" / "submissions") for path in (ROOT / "tests" / "submissions").glob("*/*/*.py")
)


def graded(homework: Homework, hand_ins: Iterable[HandIn], folder: Path, setting: Setting) -> dict[str, Result]:
    """The result of every hand-in, by the whole machinery: workers, child processes, files."""
    limits = Limits(seconds=2.0, load_seconds=2.0, memory_mb=256)
    file = replace(homework.file, rubric=homework.rubric.model_copy(update={"limits": limits}))
    job = Job(replace(homework, file=file), folder, setting)
    rows: list[Row] = list(grade_all(job, list(hand_ins), os.cpu_count() or 1))
    return {
        row.student: Result.model_validate_json(job.result_path(row.student).read_text(encoding="utf-8"))
        for row in rows
    }


def failing(result: Result) -> set[str]:
    return {criterion.function for criterion in result.criteria if criterion.verdict != Verdict.ACCEPTED}


@pytest.fixture(scope="module")
def corpus(gradients: Homework, minibatch: Homework, tmp_path_factory, setting: Setting) -> dict[str, Result]:
    results: dict[str, Result] = {}
    for folder, homework in (("column", gradients), ("rows", minibatch)):
        names = [name for name in LABELS if name.startswith(f"{folder}/")]
        hand_ins = [HandIn(name.replace("/", "--"), CORPUS / name) for name in names]
        found = graded(homework, hand_ins, tmp_path_factory.mktemp(folder), setting)
        results |= {name: found[name.replace("/", "--")] for name in names}
    return results


@pytest.mark.parametrize("folder", HOMEWORKS)
def test_values_in_one_piece_are_judged_as_one_by_one(request: pytest.FixtureRequest, setting: Setting, folder: str):
    homework: Homework = request.getfixturevalue(HOMEWORKS[folder])
    pieces = different = 0
    for path in sorted((CORPUS / folder).glob("*/*.py"))[::4]:
        outcomes = run(setting, Program(path.read_bytes()), homework.calls, homework.rubric.limits)
        for criterion in homework.rubric.criteria:
            whole = outcomes.whole.get(criterion.function)
            if whole is None:
                continue
            numbers = [n for n, call in enumerate(homework.calls.calls) if call.function == criterion.function]
            single = [outcomes.outcomes[number].value for number in numbers]
            assert whole.tobytes() == b"".join(value.tobytes() for value in single)
            pieces += 1
            for place in range(len(homework.conventions)):
                judgement = judge(homework, criterion, place, outcomes)
                assert judgement == judge(homework, criterion, place, replace(outcomes, whole={}))
                different += judgement.verdict != Verdict.ACCEPTED
    assert pieces > 100
    assert different > 5


@pytest.mark.parametrize("name", STRICT)
def test_the_functions_that_fail_are_those_of_the_label(corpus: dict[str, Result], name: str):
    assert failing(corpus[name]) == set(LABELS[name]["failing"])


@pytest.mark.parametrize("name", [n for n, label in LABELS.items() if label.get("convention") and label["correct"]])
def test_the_convention_is_the_one_that_the_file_keeps(corpus: dict[str, Result], name: str):
    titles = {"early": "mean at the output", "late": "mean at the parameters"}
    assert corpus[name].convention == titles[LABELS[name]["convention"]]


def test_nearly_all_of_the_corpus_is_counted():
    assert len(STRICT) >= 140


@pytest.mark.parametrize("name", [n for n, label in LABELS.items() if label["misconception"] in FORGIVEN])
def test_what_is_forgiven_costs_nothing_and_leaves_a_note(corpus: dict[str, Result], name: str):
    result = corpus[name]
    assert result.score == result.max_score
    assert [*result.notes, *(note for criterion in result.criteria for note in criterion.notes)]


@pytest.mark.parametrize("name", [n for n, label in LABELS.items() if "failing_if_mutation_ignored" in label])
def test_a_changed_input_is_never_taken_for_a_wrong_formula(corpus: dict[str, Result], name: str):
    assert failing(corpus[name]) == set(LABELS[name]["failing_if_mutation_ignored"])


@pytest.mark.parametrize("name", [n for n, label in LABELS.items() if not label["correct"] and n in STRICT])
def test_every_failing_function_has_a_reason(corpus: dict[str, Result], name: str):
    for criterion in corpus[name].criteria:
        assert bool(criterion.message) == (criterion.verdict != Verdict.ACCEPTED)


# ---------------------------------------------------------------- filed by verdict


@pytest.fixture(scope="module")
def filed(request: pytest.FixtureRequest, tmp_path_factory, setting: Setting) -> dict[Path, Result]:
    """The results of those that are asked for."""
    items = [each for each in request.session.items if each.originalname == "test_the_folder_is_the_expectation"]
    asked = sorted(each.callspec.params["path"] for each in items)
    results: dict[Path, Result] = {}
    for folder in sorted({path.parts[0] for path in asked}):
        homework = read_homework(ROOT / "rubrics" / f"{folder}.yaml", 0)
        paths = [path for path in asked if path.parts[0] == folder]
        hand_ins = [HandIn("--".join(path.parts), ROOT / "tests" / "submissions" / path) for path in paths]
        found = graded(homework, hand_ins, tmp_path_factory.mktemp(folder), setting)
        results |= {path: found["--".join(path.parts)] for path in paths}
    return results


def long(path: Path) -> bool:
    """Whether it takes seconds: a class that trains. Those that must get full marks are in every audit besides."""
    return path.parts[0] == "hw3-network"


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=str(path), marks=[pytest.mark.thorough] * long(path)) for path in FILED]
)
def test_the_folder_is_the_expectation(filed: dict[Path, Result], path: Path):
    result, expected = filed[path], path.parts[1]
    head = (ROOT / "tests" / "submissions" / path).read_bytes().split(b"\n")[:3]
    line = re.search(rb"# fails: *([\w, ]+)", b"\n".join(head))
    assert failing(result) == (set(re.findall(r"\w+", line[1].decode())) if line else set())
    verdicts = {criterion.verdict.value for criterion in result.criteria} - {"accepted"}
    if expected == "accepted":
        assert not line
        assert result.score == result.max_score
    elif expected == "wrong_answer":
        assert verdicts <= {"wrong_answer", "partial"}
        assert "wrong_answer" in verdicts
    else:
        assert verdicts == {expected}


# ---------------------------------------------------------------- the samples

SAMPLES = {
    "hw3-basics": {
        "s01": {}, "s02": {},
        "s03": dict.fromkeys(("log_sigmoid", "grad_sq_l2", "grad_l1"), "wrong_answer"),
        "s04": dict.fromkeys(
            ("sigmoid", "softplus", "log_sigmoid", "dsigmoid", "sign", "dabs", "grad_l1"), "partial"
        ),
        "s05": {
            **dict.fromkeys(("sigmoid", "softplus", "log_sigmoid", "dtanh", "sign", "rect"), "runtime_error"),
            "dsigmoid": "partial",
        },
        "s06": {
            "softplus": "wrong_answer", "dsigmoid": "wrong_answer", "dtanh": "wrong_answer",
            "sign": "partial", "drect": "partial",
        },
        "s07": {
            **dict.fromkeys(
                ("sigmoid", "softplus", "log_sigmoid", "dsigmoid", "sign", "dabs", "rect", "grad_l1"), "partial"
            ),
            "drect": "wrong_answer",
        },
        "s08": {
            **dict.fromkeys(("sigmoid", "log_sigmoid", "dsigmoid", "dtanh", "rect"), "wrong_answer"),
            "softplus": "partial",
            **dict.fromkeys(("dabs", "drect", "grad_sq_l2", "grad_l1"), "missing"),
        },
    },
    "hw3-forward": {
        "s01": {}, "s02": {}, "s07": {},
        "s03": {
            "n_theta": "wrong_answer", "loss": "partial", "penalty": "wrong_answer",
            "grad_W1_penalty": "wrong_answer", "grad_W2_penalty": "wrong_answer",
        },
        "s04": {
            "n_theta": "wrong_answer", "os": "partial", "loss": "wrong_answer",
            "grad_W1_penalty": "wrong_answer", "grad_W2_penalty": "wrong_answer",
        },
        "s05": {
            "ha": "runtime_error", "hs": "wrong_answer", "oa": "wrong_answer", "os": "runtime_error",
            "grad_W1_penalty": "partial", "grad_W2_penalty": "partial",
        },
        "s06": dict.fromkeys(
            ("ha", "hs", "os", "loss", "penalty", "grad_W1_penalty", "grad_W2_penalty"), "wrong_answer"
        ),
        "s08": {
            "n_theta": "wrong_answer", "ha": "runtime_error", "oa": "wrong_answer", "loss": "wrong_answer",
            "penalty": "wrong_answer", "grad_W1_penalty": "missing", "grad_W2_penalty": "missing",
        },
    },
    "hw3-gradients": {
        "s01": {}, "s02": {}, "s10": {},
        "s03": {"grad_hs": "wrong_answer", "grad_ha": "wrong_answer"},
        "s04": {"grad_oa": "runtime_error", "grad_W2": "runtime_error"},
        "s05": {"grad_oa": "wrong_answer", "grad_b2": "wrong_answer"},
        "s06": {"grad_ha": "partial"},
        "s07": {"grad_ha": "wrong_answer", "grad_b1": "missing", "grad_W1": "missing", "grad_x": "missing"},
        "s08": {"grad_W1": "time_limit"},
        "s09": dict.fromkeys(
            ("grad_oa", "grad_b2", "grad_W2", "grad_hs", "grad_ha", "grad_b1", "grad_W1", "grad_x"), "runtime_error"
        ),
    },
    "hw3-minibatch": {
        "s01": {}, "s02": {}, "s03": {}, "s04": {}, "s06": {},
        "s05": {"grad_oa": "runtime_error"},
        "s07": {"grad_oa": "wrong_answer"},
        "s08": {"grad_ha": "partial"},
        "s09": {"grad_oa": "partial"},
        "s10": {"grad_oa": "wrong_answer", "grad_b2": "wrong_answer", "grad_b1": "wrong_answer", "grad_x": "missing"},
    },
    "two-layer-net": {
        "s01": {}, "s02": {}, "s08": {},
        "s03": {"J": "wrong_answer", "grad_z2": "partial", "grad_W1": "wrong_answer"},
        "s04": {"grad_z2": "wrong_answer", "grad_W1": "runtime_error", "grad_b1": "missing"},
        "s05": dict.fromkeys(("J", "grad_W2", "grad_W1"), "wrong_answer"),
        "s06": {"J": "partial", **dict.fromkeys(("grad_W2", "grad_b2", "grad_W1", "grad_b1"), "wrong_answer")},
        "s07": dict.fromkeys(("J", "grad_z3", "grad_W2", "grad_b2", "grad_W1", "grad_b1"), "wrong_answer"),
        "s09": {
            **dict.fromkeys(("z3", "J", "grad_W2", "grad_b2", "grad_z2", "grad_b1"), "wrong_answer"),
            "grad_a2": "runtime_error", "grad_W1": "runtime_error",
        },
    },
    "matrix-backprop": {
        "s01": {}, "s02": {},
        "s03": {"grad_W": "partial"},
        "s04": {"loss": "wrong_answer", "grad_W": "wrong_answer"},
        "s05": {"loss": "wrong_answer", "grad_W": "wrong_answer"},
        "s06": {"grad_W": "runtime_error"},
        "s07": {"loss": "wrong_answer", "grad_W": "wrong_answer"},
        "s08": {"grad_W": "wrong_answer"},
    },
    "hw3-network": {
        "s01": {}, "s02": {},
        "s03": {
            **dict.fromkeys(("os", "grad_b2", "grad_W1", "grad_b1"), "partial"),
            **dict.fromkeys(
                ("grad_W2", "gradient_check", "elastic_net_check", "loops", "one_step", "twenty_steps",
                 "smaller_last_batch", "circles_with_100"), "wrong_answer",
            ),
        },
        "s04": {
            "grad_W2": "partial",
            **dict.fromkeys(("grad_b2", "grad_W1", "grad_b1", "twenty_steps"), "runtime_error"),
            **dict.fromkeys(
                ("gradient_check", "elastic_net_check", "loops", "one_step", "smaller_last_batch"), "wrong_answer"
            ),
        },
        "s05": {
            **dict.fromkeys(("grad_W2", "grad_b2", "grad_W1", "grad_b1"), "partial"),
            **dict.fromkeys(("gradient_check", "elastic_net_check", "loops", "smaller_last_batch"), "wrong_answer"),
        },
        "s06": {
            **dict.fromkeys(("grad_W1", "grad_b1"), "partial"),
            **dict.fromkeys(
                ("initial_W1", "initial_W2", "elastic_net_check", "minibatches", "smaller_last_batch"), "wrong_answer"
            ),
        },
        "s07": {},
        "s08": {
            **dict.fromkeys(
                ("grad_W2", "grad_b2", "grad_W1", "grad_b1", "gradient_check", "elastic_net_check"), "runtime_error"
            ),
            **dict.fromkeys(
                ("loops", "one_step", "twenty_steps", "smaller_last_batch", "circles_with_100", "circles_with_5"),
                "missing",
            ),
        },
    },
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_samples_show_what_they_are_for(tmp_path: Path, setting: Setting, name: str):
    homework = read_homework(ROOT / "rubrics" / f"{name}.yaml", 0)
    paths = sorted(p for p in (ROOT / "submissions" / name).iterdir())
    hand_ins = [HandIn(p.stem, p if p.is_file() else next(p.glob("*.py"))) for p in paths]
    results = graded(homework, hand_ins, tmp_path, setting)
    seen = {
        student: {c.function: c.verdict.value for c in result.criteria if c.verdict != Verdict.ACCEPTED}
        for student, result in sorted(results.items())
    }
    assert seen == dict(sorted(SAMPLES[name].items()))


def test_the_sample_that_writes_into_its_argument_says_so(minibatch: Homework, tmp_path: Path, setting: Setting):
    path = ROOT / "submissions" / "hw3-minibatch" / "s04.py"
    result = graded(minibatch, [HandIn("s04", path)], tmp_path, setting)["s04"]
    notes = [note for criterion in result.criteria for note in criterion.notes]
    assert any(note.startswith("grad_ha writes into its argument ha") for note in notes)
