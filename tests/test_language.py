"""All that a student or a teacher reads comes through the catalogue: it is complete, it is up to date, and nothing goes
past it. A student's own text never goes into it."""

from __future__ import annotations

import ast
import csv
import gettext
import importlib.util
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from functools import partial
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from babel.messages.pofile import read_po
from conftest import GOOD, ROOT, RUBRIC, WRONG, flags
from rich.console import Console

from grader import language, models
from grader.cli import main
from grader.grade import grade, judge_error
from grader.homework import Homework
from grader.language import LANGUAGES, named, speak, speaking, spoken
from grader.models import LEAVES_INPUTS_ALONE, Limits, Result, Submission
from grader.report import Entry, class_page, front_page, gradebook, part, row_of, sheet, student, student_page
from grader.report.terminal import class_table, self_check
from grader.rubric import read_rubric
from grader.sandbox import Setting, process, run
from grader.sandbox.inside.words import KNOWN
from grader.trials import CASES

_SPEC = importlib.util.spec_from_file_location("catalogues", ROOT / "scripts" / "catalogues.py")
assert _SPEC is not None
assert _SPEC.loader is not None
catalogues = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(catalogues)

NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """What a test speaks is its own business."""
    yield
    speak("en")


# ---------------------------------------------------------------- the catalogues


def ids(catalog: object) -> set[object]:
    return {tuple(message.id) if isinstance(message.id, list) else message.id for message in catalog if message.id}


def forms(message: object) -> list[tuple[str, str]]:
    """Each text of a message with its translations."""
    if isinstance(message.id, str):
        return [(message.id, message.string)]
    return [(one, string) for one in message.id for string in message.string]


def messages(path: Path) -> list[tuple[str, str]]:
    return [pair for message in catalogues.read(path) if message.id for pair in forms(message)]


TRANSLATIONS = pytest.mark.parametrize("path", catalogues.translations(), ids=lambda path: path.parent.parent.name)


def test_the_template_has_the_sentences_of_the_code_and_no_others():
    with open(catalogues.TEMPLATE, "rb") as file:
        written = read_po(file)
    assert ids(written) == ids(catalogues.extracted()), "run scripts/translate"
    assert len(ids(written)) > 200


@TRANSLATIONS
def test_every_sentence_is_translated_and_none_by_guessing(path: Path):
    catalog = catalogues.read(path)
    assert ids(catalog) == ids(catalogues.extracted())
    assert catalogues.untranslated(catalog) == []


@TRANSLATIONS
def test_what_is_filled_in_is_the_same_in_every_language(path: Path):
    for message in catalogues.read(path):
        if isinstance(message.id, str):
            assert fields(message.string) == fields(message.id), message.id
        else:  # of one, not all need be said
            one, many = map(fields, message.id)
            assert one <= fields(message.string[0]) <= many, message.id
            assert all(fields(string) == many for string in message.string[1:]), message.id


def fields(text: str) -> set[str]:
    return set(re.findall(r"\{[^}]*\}", text))


def test_both_forms_of_an_english_plural_are_filled_with_the_same_or_less():
    for message in catalogues.extracted():
        if isinstance(message.id, tuple | list):
            one, many = map(fields, message.id)
            assert one <= many


@TRANSLATIONS
def test_a_translation_brings_no_markup_of_its_own(path: Path):
    for one, translated in messages(path):
        assert re.findall(r'<[^>]*>|[<>&"%]', translated) == re.findall(r'<[^>]*>|[<>&"%]', one)


@TRANSLATIONS
def test_what_the_grader_reads_is_compiled_from_what_translators_write(path: Path):
    with open(path.with_suffix(".mo"), "rb") as file:
        found = gettext.GNUTranslations(file)._catalog
    due = gettext.GNUTranslations(io.BytesIO(catalogues.compiled(catalogues.read(path))))._catalog
    assert {key: text for key, text in found.items() if key} == {key: text for key, text in due.items() if key}


def test_french_has_its_spaces():
    for _, text in messages(catalogues.LOCALE / "fr" / "LC_MESSAGES" / "grader.po"):
        assert not re.search(r"[^\u00a0(][:;?!»](\s|$)", text), text
        assert not re.search(r"«[^\u00a0]", text), text
        assert "'" not in text.replace("''", ""), text


def test_the_languages_are_the_same_everywhere():
    assert get_args(models.Language) == LANGUAGES
    assert {"en", *(path.parent.parent.name for path in catalogues.translations())} == set(LANGUAGES)


def test_names_that_everybody_uses_are_translated_and_others_are_not():
    shipped = [read_rubric(path).rubric for path in (ROOT / "rubrics").glob("*.yaml")]
    checks = {name for rubric in shipped for name in (*rubric.checks, *rubric.conventions, *rubric.examples)}
    speak("fr")
    for name in {*CASES, *checks, LEAVES_INPUTS_ALONE}:
        assert named(name) != name
    for name in ("d = 1", "my own check", "notes", "student"):
        assert named(name) == name


def test_no_sentence_is_filled_in_before_it_is_looked_up():
    for path in (ROOT / "grader").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "n_", "N_"):
                assert not any(isinstance(part, ast.JoinedStr) for part in ast.walk(node)), (path, node.lineno)


def test_what_a_child_may_say_stands_in_the_catalogue():
    assert set(KNOWN) <= ids(catalogues.extracted())


# ---------------------------------------------------------------- speaking


def test_english_is_spoken_until_another_language_is_chosen():
    assert spoken() == "en"
    assert language._("a list") == "a list"
    with speaking("fr"):
        assert (spoken(), language._("a list")) == ("fr", "une liste")
        with speaking("en"):
            assert language._("a list") == "a list"
        assert spoken() == "fr"
    assert spoken() == "en"


def test_each_language_counts_in_its_own_way():
    one, many = "{count} student", "{count} students"
    assert [language.n_(one, many, n).format(count=n) for n in (0, 1, 2)] == ["0 students", "1 student", "2 students"]
    speak("fr")
    assert [language.n_(one, many, n).format(count=n) for n in (0, 1, 2)] == ["0 étudiant", "1 étudiant", "2 étudiants"]


def test_what_is_in_no_catalogue_is_said_in_english():
    speak("fr")
    assert language._("no sentence of ours") == "no sentence of ours"


# ---------------------------------------------------------------- nothing goes past the catalogue

LIMITS = Limits(seconds=0.2, load_seconds=0.4, memory_mb=256)
FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in (*range(0x41, 0x5B), *range(0x61, 0x7B))})

ODD_ANSWERS = b"""
import numpy as np
def grad_oa(os, y): return [np.array, None]
def grad_b2(os, y): return "no"
def grad_W2(logits, labels_of_mine): return np.array([True])
class Net:
    def grad_hs(self): pass
def outer():
    def grad_ha(): pass
grad_b1 = 3
def grad_W1(*args): return (1, [2, 3])
def grad_x(): raise SystemExit("bye")
print(undefined)
raise SystemExit
"""
ENDINGS = b"""
import os as system, ctypes
def grad_oa(os, y): system._exit(3)
def grad_b2(os, y): return ctypes.string_at(0)
def grad_W2(os, y): return bytearray(2**33)
def grad_hs(os, y):
    while True: pass
def grad_ha(os, y): return (x for x in os)
def grad_b1(ha, grad_hs): ha[0] = 1; return 2 * ha
def grad_W1(os, y): return open("/etc/passwd").read()
raise ValueError
"""
OWN = {
    "oddities.py": ODD_ANSWERS, "endings.py": ENDINGS, "latin.py": b"x = '\xe9'\n", "old.py": b"print 3\n",
    "outside.py": b"return 3\n", "fatal.py": b"while True:\n    pass\n" * 3, "empty.py": b"# nothing\n",
}  # fmt: skip


class Foreign(gettext.NullTranslations):
    """A language that is English in other letters, so that what was not looked up can be told."""

    def gettext(self, message: str) -> str:
        return "".join(
            part if part[:1] in "{<" else part.translate(FULL_WIDTH)
            for part in re.split(r"(\{[^}]*\}|<[^>]*>)", message)
        )

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)


@pytest.fixture
def foreign(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The language fr, for a while, is Foreign."""
    monkeypatch.setitem(language._catalogues, "fr", Foreign())
    caches = (student._drawn_once, part._line, sheet._marked_up)
    for cache in caches:
        cache.cache_clear()
    speak("fr")
    yield
    for cache in caches:
        cache.cache_clear()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What children say in their own words, or in those of Python: to be shown as it is."""
    found: list[str] = []
    fill: Callable[..., str] = process.filled

    def filled(texts: Iterable[str], *translate: Callable[[str], str]) -> str:
        texts = list(texts)
        found.extend(" ".join(value.split()) for mark, value in pairwise(texts) if mark == "")
        return fill(texts, *translate)

    monkeypatch.setattr(process, "filled", filled)
    return found


class Reading(HTMLParser):
    """What a person reads of a page, or hears; not code, formulas, styles and scripts."""

    VOID = frozenset({"meta", "input", "br", "hr", "link", "img"})
    SPOKEN = ("aria-label", "title", "placeholder", "alt")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in self.VOID:
            self._open.append("pointer" if given.get("class") == "pointer" else tag)
        own = [name for name in given if name in self.SPOKEN or (name.startswith("data-") and name != "data-n")]
        self.texts += [re.sub(r"\{\w+\}", "", given[name]) for name in own]  # a script fills in the rest

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "pointer":
            self.texts.append(data)
        elif "pre" in self._open and "code" not in self._open:  # lines to try, or what came back
            self.texts += [line for line in data.split("\n") if not re.match(r"import |\w+ = |print\(| *[\[\]]", line)]
        elif not {"style", "script", "math", "code"} & set(self._open):
            self.texts.append(data)


NO_SENTENCES = {
    "grader", "homework", "title", "student", "rubric_digest", "reference_digest", "submission_digest", "sandbox", "language",
    "verdict", "convention", "function", "name", "check", "case", "kind", "letters",
    "misconception", "second", "formula", "formula_text", "source", "picture", "values", "inputs",
}  # fmt: skip
"""keys of a result whose content is a name, a number or somebody's own text"""


def sentences(content: object) -> Iterator[str]:
    """The texts of a result, but those under keys that hold no sentences."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for key, value in content.items():
            if key not in NO_SENTENCES:
                yield from sentences(value)
    elif isinstance(content, list):
        for value in content:
            yield from sentences(value)


def strange_words(texts: Iterable[str], told: Iterable[str], names: Iterable[str]) -> set[str]:
    """The words in plain letters that are neither among these names nor told by a child."""
    known = {word for name in names for word in re.findall(r"[A-Za-z]+", name)} | {"nan", "inf", "e", "x"}
    longest_first = sorted({text for text in told if text}, key=len, reverse=True)
    strange: set[str] = set()
    for text in texts:
        plain = " ".join(text.split())
        for own in longest_first:
            plain = plain.replace(own, " ")
        strange |= set(re.findall(r"[A-Za-z]+", plain)) - known
    return strange


def names_of(homework: Homework, submission: Submission) -> list[str]:
    """Everything that a page may name in plain letters: the rubric's own texts, and the names of the student's code."""
    rubric = homework.rubric
    names = [rubric.homework, rubric.title, f"{submission.student}.py", homework.file.digest[7:19]]
    names += [*rubric.dimensions, *rubric.inputs, *homework.graph.quantities]
    names += [text for criterion in rubric.criteria for text in (criterion.formula_text, criterion.function)]
    source = submission.source.decode("utf-8", "replace")
    names += [name for attribute in re.findall(r"np\.(\w+)", source) for name in (attribute, *near(attribute))]
    return [*names, *re.findall(r"(?:def|class|lambda|import|as)\b[^:\n]*|\w+(?= *=)", source)]


def near(attribute: str) -> list[str]:
    """What a misspelt name of numpy was meant for, as a diagnosis may ask."""
    return get_close_matches(attribute, dir(np), n=1) if not hasattr(np, attribute) else []


ONLY_NAMES = ["Segmentation fault"]
"""what stays in plain letters in whatever language: the system says it"""


def written_about(homework: Homework, submission: Submission, setting: Setting) -> tuple[Result, list[str]]:
    """The result of a submission, and all that there is to read about it."""
    file = homework.file.__class__(
        homework.file.path,
        homework.rubric.model_copy(update={"limits": LIMITS}),
        homework.file.lines,
        homework.file.digest,
    )
    quick = Homework(**{**vars(homework), "file": file})
    result = grade(quick, submission, partial(run, setting), setting.level)
    return result, texts_of(result)


def texts_of(result: Result) -> list[str]:
    """All that there is to read about a result: in its file, on the student's page, in the terminal."""
    console = Console(width=400, file=io.StringIO(), highlight=False)
    for piece in self_check(result, result.homework, f"{result.student}.py"):
        console.print(piece, markup=False)
    terminal = console.file.getvalue()
    content = json.loads(result.model_dump_json())
    return [*sentences(content), *Reading(student_page(result)).texts, *terminal.splitlines()]


def some(paths: Iterable[Path], count: int) -> list[Path]:
    paths = sorted(paths)
    return paths[:: max(1, len(paths) // count)][:count]


def read(path: Path) -> Submission:
    return Submission(path.stem, path.read_bytes(), path.name)


def samples(name: str) -> list[Submission]:
    """The hand-ins of the README, twenty more with labels, and some that say what few files say."""
    corpus = {"hw3-gradients": "column", "hw3-minibatch": "rows"}[name]
    paths = [*sorted((ROOT / "submissions" / name).rglob("*.py"))]
    paths += some((ROOT / "tests" / "submissions" / name).rglob("*.py"), 10)
    paths += some((ROOT / "tests" / "corpus" / corpus).rglob("*.py"), 10)
    return [*map(read, paths), *(Submission(name[:-3], source, name) for name, source in OWN.items())]


@pytest.mark.usefixtures("foreign")
@pytest.mark.parametrize("name", ["hw3-gradients", pytest.param("hw3-minibatch", marks=pytest.mark.thorough)])
def test_nothing_that_a_student_or_a_teacher_reads_goes_past_the_catalogue(
    gradients: Homework, minibatch: Homework, setting: Setting, told: list[str], name: str
):
    homework = {"hw3-gradients": gradients, "hw3-minibatch": minibatch}[name]
    results, names = [], [*ONLY_NAMES, setting.level]
    for submission in samples(name):
        told.clear()
        result, texts = written_about(homework, submission, setting)
        known = [*names, *names_of(homework, submission), result.submission_digest[7:19]]
        known += [criterion.diagnosis.misconception for criterion in result.criteria if criterion.diagnosis]
        assert strange_words(texts, told, known) == set(), submission.student
        results.append((result, known, [*told]))
    rows = [row_of(result) for result, _, _ in results]
    page = Reading(class_page(name, homework.rubric.title, rows)).texts
    console = Console(width=400, file=io.StringIO(), highlight=False)
    console.print(class_table(rows), markup=False)
    lines = list(csv.DictReader(io.StringIO(gradebook(rows))))
    page += [*console.file.getvalue().splitlines(), *(line[key] for line in lines for key in ("convention", "reason"))]
    every_name = [name for _, known, _ in results for name in known]
    every_word = [text for _, _, texts in results for text in texts]
    assert strange_words(page, every_word, every_name) == set()
    front = front_page([Entry(name, homework.rubric.title, 3, 2.0, 4.0, "x/index.html")])
    assert strange_words(Reading(front).texts, [], [*names, name, homework.rubric.title]) == set()
    said = {text for result, _, _ in results for text in sentences(json.loads(result.model_dump_json()))}
    assert len(said) > 100


@pytest.mark.usefixtures("foreign")
def test_what_concerns_the_file_or_went_wrong_on_our_side_comes_through_the_catalogue(gradients: Homework):
    for result in (
        judge_error(gradients, Submission("s1", b""), "none", "..."),
        grade(gradients, Submission("s2", b"", "", language._("{name} is empty.").format(name="s2.py")), None, "none"),
    ):
        known = [
            *ONLY_NAMES,
            *names_of(gradients, Submission(result.student, b"")),
            "none",
            result.submission_digest[7:19],
        ]
        assert strange_words(texts_of(result), [], known) == set()
        page = Reading(class_page("hw3-gradients", gradients.rubric.title, [row_of(result)])).texts
        assert strange_words(page, [], known) == set()


@pytest.mark.usefixtures("foreign")
@pytest.mark.parametrize(
    "room",
    ["compare", "reasons", "judge", "grade", "sandbox.said", "sandbox.process", "report.part", "report.student",
     "report.words", "report.matrix", "report.source", "report.terminal"],
)  # fmt: skip
def test_a_room_that_goes_past_the_catalogue_is_found(
    gradients: Homework, setting: Setting, told: list[str], monkeypatch: pytest.MonkeyPatch, room: str
):
    monkeypatch.setattr(f"grader.{room}._", lambda message: message)
    monkeypatch.setattr(f"grader.{room}.n_", lambda one, many, count: one if count == 1 else many, raising=False)
    found: set[str] = set()
    paths = [ROOT / "submissions" / "hw3-gradients" / f"{name}.py" for name in ("s05", "s07", "s08")]
    for submission in (*map(read, paths), Submission("endings", ENDINGS, "endings.py")):
        told.clear()
        result, texts = written_about(gradients, submission, setting)
        known = [*ONLY_NAMES, setting.level, *names_of(gradients, submission), result.submission_digest[7:19]]
        found |= strange_words(texts, told, known)
    if room == "grade":
        found = strange_words(texts_of(judge_error(gradients, Submission("s1", b""), "none", "...")), [], known)
    assert len(found) >= 1


def test_the_names_of_a_template_that_goes_past_the_catalogue_are_found():
    reading = Reading(
        '<p>Ｆｕｌｌ <b aria-label="half">width</b></p><pre><code>code<b class="pointer">here</b></code></pre>'
    )
    assert strange_words(reading.texts, [], []) == {"half", "width", "here"}


# ---------------------------------------------------------------- a student's own text

MOCKING = b"""
class objects(Exception): pass
def grad_oa(os, y): raise objects
def grad_b2(os, y): raise ValueError("expected {expected}, got {actual} {0.__class__} %(x)s")
def grad_W2(os, y): return "{name} is empty."
"""


def test_text_of_a_student_is_neither_translated_nor_filled_in(gradients: Homework, setting: Setting):
    speak("fr")
    assert language._("objects") == "des objets"
    result = grade(gradients, Submission("s1", MOCKING), partial(run, setting), setting.level)
    said = {criterion.function: criterion.message for criterion in result.criteria}
    assert said["grad_oa"] == "objects (ligne 3)"
    assert said["grad_b2"] == "ValueError: expected {expected}, got {actual} {0.__class__} %(x)s (ligne 4)"
    assert said["grad_W2"].startswith(f"La fonction a renvoyé la chaîne '{{name}} is empty.'{NBSP}; on attendait un")


def test_french_is_what_a_student_reads(gradients: Homework, setting: Setting):
    speak("fr")
    path = ROOT / "submissions" / "hw3-gradients"
    result = grade(gradients, read(path / "s07.py"), partial(run, setting), setting.level)
    said = {criterion.function: criterion.message for criterion in result.criteria}
    assert said["grad_b1"] == "Il n’y a pas de fonction grad_b1 dans le fichier."
    assert [check.name for check in result.criteria[0].checks][:2] == ["random shapes", "y indexing"]
    page = student_page(result)
    assert '<html lang="fr">' in page
    assert "formes aléatoires" in page
    assert "random shapes" not in page
    assert "À corriger" in page


# ---------------------------------------------------------------- the command


def result_of(student: str, homework: str = "small", out: str = "reports") -> dict[str, object]:
    content: dict[str, object] = json.loads(Path(f"{out}/{homework}/results/{student}.json").read_text("utf-8"))
    return content


def first_message(content: dict[str, object]) -> str:
    criterion, _ = content["criteria"]
    return str(criterion["message"])


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_command_chooses_the_language_for_all_workers(jobs: str, capsys: pytest.CaptureFixture[str]):
    assert main(["submissions/", "--language", "fr", "--jobs", jobs, *flags()]) == 0
    assert "première raison" in capsys.readouterr().out
    assert result_of("s02")["language"] == "fr"
    assert first_message(result_of("s02")).startswith(f"attendu{NBSP}: ")
    for page in ("index.html", "small/index.html", "small/s01.html"):
        assert '<html lang="fr">' in Path("reports", page).read_text("utf-8")
    assert spoken() == "en"


@pytest.mark.usefixtures("course")
def test_a_result_in_another_language_does_not_stand():
    assert main(["submissions/", *flags()]) == 0
    english = result_of("s02")
    assert english["language"] == "en"
    assert main(["submissions/", "--language", "fr", *flags()]) == 0
    assert result_of("s02")["language"] == "fr"
    stands = Path("reports/small/results/s02.json").stat().st_mtime_ns
    assert main(["submissions/", "--language", "fr", *flags()]) == 0
    assert Path("reports/small/results/s02.json").stat().st_mtime_ns == stands
    assert main(["submissions/", *flags()]) == 0
    assert result_of("s02") == english


@pytest.fixture
def two_courses(course: Path) -> Path:
    """Beside the small homework in English, the same in French."""
    rubric = RUBRIC.replace("homework: small", "homework: petit\nlanguage: fr")
    (course / "rubrics" / "petit.yaml").write_text(rubric, encoding="utf-8")
    (course / "submissions" / "petit").mkdir()
    for name, text in (("s01", GOOD), ("s02", WRONG)):
        (course / "submissions" / "petit" / f"{name}.py").write_text(text, encoding="utf-8")
    return course


@pytest.mark.usefixtures("two_courses")
def test_one_process_speaks_each_homeworks_own_language():
    assert main(["submissions/", "--jobs", "1", "--out", "both", *flags()]) == 0
    assert main(["submissions/", "--jobs", "1", "--out", "english", "--language", "en", *flags()]) == 0
    assert main(["submissions/", "--jobs", "1", "--out", "french", "--language", "fr", *flags()]) == 0
    for homework, spoken_there, alone in (("small", "en", "english"), ("petit", "fr", "french")):
        for name in ("index.html", "s01.html", "s02.html", "gradebook.csv", "results/s01.json", "results/s02.json"):
            assert Path("both", homework, name).read_bytes() == Path(alone, homework, name).read_bytes()
        assert result_of("s02", homework, "both")["language"] == spoken_there
    assert '<html lang="en">' in Path("both/index.html").read_text("utf-8")


@pytest.mark.usefixtures("course")
def test_a_self_check_speaks_the_language_that_is_asked_for(capsys: pytest.CaptureFixture[str]):
    rubric = ["--rubric", "rubrics/small.yaml"]
    assert main(["submissions/small/s02.py", *rubric, "--language", "fr", "--out", "mine"]) == 1
    out = capsys.readouterr().out
    assert "réponse fausse" in out
    assert "vous avez renvoyé" in out
    assert '<html lang="fr">' in Path("mine/small/s02.html").read_text("utf-8")
    assert main(["submissions/small/s02.py", *rubric]) == 1
    assert "wrong answer" in capsys.readouterr().out


@pytest.mark.usefixtures("course")
def test_the_problem_with_a_hand_in_is_told_in_the_language_of_its_homework(two_courses: Path):
    (two_courses / "submissions" / "petit" / "s03").mkdir()
    assert main(["submissions/", *flags()]) == 0
    assert result_of("s03", "petit")["message"] == "Il n’y a aucun fichier Python (.py ou .ipynb) dans s03."


@pytest.mark.usefixtures("course")
def test_a_language_that_is_not_known_is_refused(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["submissions/", "--language", "de"])
    assert "'de'" in capsys.readouterr().err
    Path("rubrics/small.yaml").write_text(RUBRIC.replace("points: 4", "points: 4\nlanguage: de"))
    assert main(["submissions/", *flags()]) == 2
    assert "rubrics/small.yaml, line 5: language: found 'de', expected 'en' or 'fr'" in capsys.readouterr().err


def test_a_page_is_written_in_the_language_of_its_result(gradients: Homework, setting: Setting):
    source = read(ROOT / "submissions" / "hw3-gradients" / "s05.py")
    with speaking("fr"):
        result = grade(gradients, source, partial(run, setting), setting.level)
        french, row = student_page(result), row_of(result)
    assert student_page(result) == french
    assert row_of(result) == row
