"""Hostile hand-ins, graded by the real command at every level that this machine has, as every kind of user.

Each level grades all attacks at once, some honest hand-ins among them; then every attack is a test: did it reach
anything, earn anything, or cost others anything? Without locks, the attacks that are marked so must be seen to work:
a suite that finds nothing there would find nothing anywhere.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from attacks import Attack, read_catalogue
from installation import Installation, install
from judging import judge_page
from odd_files import odd_files
from world import DEADLINE_SECONDS, Report

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the locks are those of Linux")

ROOT = Path(__file__).parent.parent.parent
LEVELS = ("full", "strong", "strict")
ORDINARY = 61000
"""The number of a user that nobody is."""
RUNS: list[tuple[str, int | None]] = [(level, None) for level in LEVELS]
if hasattr(os, "geteuid") and os.geteuid() == 0:
    RUNS += [(level, ORDINARY) for level in LEVELS]
ATTACKS = [*read_catalogue(), *odd_files()]


class Runs:
    """Each run is made once, when it is asked for first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reports: dict[tuple[str, int | None], Report] = {}
        self._original = install(_new(folder / "python"))
        self._copies: dict[int, Installation] = {}
        self._fence = _fence()
        for name in ("rubrics", "reference", "submissions"):
            shutil.copytree(ROOT / name, folder / "shipped" / name)
        shutil.copytree(Path(__file__).parent, folder / "tools", ignore=shutil.ignore_patterns("__pycache__"))

    def at(self, level: str, user: int | None) -> Report:
        """What comes of all attacks at this level, run by this user; None is whoever runs the tests."""
        if (level, user) not in self._reports:
            self._reports[level, user] = self._run(level, user)
        return self._reports[level, user]

    def anew(self) -> Runs:
        """None of them made yet."""
        return Runs(_new(self._folder / "anew"))

    def _run(self, level: str, user: int | None) -> Report:
        installation = self._installation(level, user)
        complaint = installation.runs(user)
        if complaint:
            pytest.skip(f"a copy of this Python does not run: {complaint}")
        world = _new(self._folder / f"{level}-{user or 'present'}")
        if user is not None:
            os.chown(world, user, user)
        command = [
            *self._fence,
            str(installation.python),
            str(self._folder / "tools" / "world.py"),
            str(world),
            str(installation.folder),
            level,
        ]
        run = subprocess.run(
            [*command, *([] if user is None else [str(user)])],
            cwd="/",
            env={"PATH": os.environ.get("PATH", os.defpath), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            timeout=DEADLINE_SECONDS + 120,
        )
        if not (world / "report.json").is_file():
            pytest.fail(f"the world ended with exit code {run.returncode}: {run.stderr}")
        report = Report(**json.loads((world / "report.json").read_text()))
        _remove(world)
        return report

    def _installation(self, level: str, user: int | None) -> Installation:
        """One that the user owns: what attacks could spoil, they may. Without locks they do, so that it is thrown away."""
        if level == "none":
            return self._copy("spoiled", os.geteuid())
        if user is None:
            return self._original
        if user not in self._copies:
            self._copies[user] = self._copy(f"python-{user}", user)
        return self._copies[user]

    def _copy(self, name: str, user: int) -> Installation:
        copy = self._original.copy(self._folder / name)
        if user != os.geteuid():
            subprocess.run(["chown", "-R", f"{user}:{user}", copy.folder], check=True)
        return copy


def _new(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _remove(folder: Path) -> None:
    """Remove a folder, whatever was left in it: closed folders, and folders deeper than Python's own remover goes."""
    for command in (["rm", "-rf"], ["chmod", "-R", "u+rwX"], ["rm", "-rf"]):
        if folder.exists():
            subprocess.run([*command, folder], check=False, capture_output=True)


def _fence() -> list[str]:
    """Words before a command that keep its processes among themselves, if this machine has them.

    Should a lock not hold, an attack on all processes reaches those of its own world, and not the machine's.
    """
    fence = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"]
    if os.geteuid() != 0:
        fence[1:1] = ["--user", "--map-current-user"]
    try:
        works = subprocess.run([*fence, "true"], capture_output=True).returncode == 0
    except OSError:
        works = False
    return fence if works else []


@pytest.fixture(scope="session")
def runs() -> Iterator[Runs]:
    """All runs, in a folder that everybody may read."""
    folder = Path(tempfile.mkdtemp(prefix="attacks-"))
    folder.chmod(0o755)
    try:
        yield Runs(folder)
    finally:
        _remove(folder)


@pytest.fixture(
    scope="session",
    params=[pytest.param(run, marks=[pytest.mark.thorough] * (run != ("full", None))) for run in RUNS],
    ids=[f"{level}-{user or 'present'}" for level, user in RUNS],
)
def report(request: pytest.FixtureRequest, runs: Runs) -> Report:
    """What came of one level, and one user."""
    found = runs.at(*request.param)
    if not found.offered:
        pytest.skip(f"this machine does not offer the level {found.level}: {found.message.strip()}")
    return found


@pytest.mark.parametrize("attack", ATTACKS, ids=[attack.name for attack in ATTACKS])
def test_it_reaches_nothing_and_costs_nobody_else(report: Report, attack: Attack):
    assert [sentence for name, sentence in report.breaches if name == attack.name] == [], attack.title


def test_nothing_happened_that_is_nobodys(report: Report):
    names = {attack.name for attack in ATTACKS}
    assert [(name, sentence) for name, sentence in report.breaches if name not in names] == []


def test_a_level_is_offered(runs: Runs):
    assert any(runs.at(level, None).offered for level in LEVELS)


def test_without_locks_they_work(runs: Runs):
    seen = {name for name, _ in runs.at("none", None).breaches}
    marked = [attack.name for attack in ATTACKS if attack.runs_unlocked and attack.letter]
    assert len(marked) > 40
    if not seen.issuperset(marked):  # where a machine stands still for seconds, one may have met its limit of time
        seen |= {name for name, _ in runs.anew().at("none", None).breaches}
    assert [name for name in marked if name not in seen] == []
    honest = [attack.name for attack in ATTACKS if attack.runs_unlocked and not attack.letter]
    assert [name for name in honest if name in seen] == []


def test_the_catalogue_knows_every_class():
    classes = Counter(attack.letter for attack in ATTACKS)
    assert "".join(sorted(classes)).strip() == "ABCDEFGHIJKLM"
    assert len(ATTACKS) > 200
    assert min(classes[letter] for letter in "ABCDEFGHIJKLM") >= 5
    for attack in ATTACKS:
        assert attack.gains_nothing or attack.full_marks or attack.left_aside, attack.name
        assert not set(attack.gains_nothing) & set(attack.full_marks), attack.name


@pytest.mark.parametrize(
    "piece",
    [
        "<script>alert('pwned')</script>",
        "<p>ok</p><img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<a href='javascript:alert(1)'>grade</a>",
        "<a href=' java&#10;script:alert(1)'>grade</a>",
        "<iframe src=x></iframe>",
        "<style>pwned{}</style>",
        "<meta http-equiv=refresh content='0;url=x'>",
        "<base href='//elsewhere'>",
        "<!-- pwned -->",
        "<p>\u202e20 fo 02</p>",
        "<p>\x1b[2J</p>",
    ],
)
def test_a_page_that_obeys_is_seen(piece: str):
    whole = "<!doctype html><html><body><p>{}</p></body></html>"
    assert list(judge_page(whole.format("&lt;script&gt;pwned&lt;/script&gt;"))) == []
    assert list(judge_page(whole.format(piece))) != []
