"""The world that attacks are let loose in, and what is found afterwards: a course, secrets, listeners, victims.

It is a program of its own, so that it can run as another user and in a namespace of its own:

    python world.py FOLDER INSTALLATION LEVEL [USER]

It makes a course of all attacks in the folder, grades it once by the real command, compares what was before with
what is after, and writes `report.json` to the folder: a list of breaches, each the name of an attack and a sentence.
Nothing is believed that an attack says of itself, but one thing: a secret, or the word for success, in what the grader
writes about it.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from attacks import Attack, read_catalogue
from judging import JOBS, Findings, judge_outputs
from odd_files import odd_files
from snapshots import Processes, Snapshot, System
from watchers import Listeners, Terminal, Victim

HOMEWORK = "hw3-gradients"
DEADLINE_SECONDS = 240.0
LIMITS = "\nlimits: {seconds: 0.2, load_seconds: 0.4, memory_mb: 256}\n"
MOST_MEGABYTES = 800
"""Python, its libraries and what a rubric allows take half of it."""
FLAGS = {
    "full": ["--sandbox", "full"],
    "strong": ["--sandbox", "strong"],
    "strict": ["--sandbox", "strict"],
    "none": ["--unsafe-run-without-sandbox"],
}
SOMEBODY = "somebody"
SAMPLES = ("s01", "s02", "s10")
"""Honest hand-ins of the shipped course that get full marks."""

PR_SET_CHILD_SUBREAPER = 36


@dataclass
class Report:
    """What came of one run."""

    level: str
    offered: bool
    """whether this machine has the level at all"""
    message: str = ""
    """what the command said on standard error"""
    exit_code: int = 0
    seconds: float = 0.0
    breaches: list[tuple[str, str]] = field(default_factory=list)
    """(attack, sentence)"""


class World:
    """A course in a folder, with everything around it that an attack might reach for."""

    def __init__(self, folder: Path, installation: Path, level: str) -> None:
        self.folder = folder
        self.level = level
        self.jobs = JOBS if level != "none" else 2
        """without locks, some attacks reach for the one that is graded beside or after them"""
        self.python = installation / "venv" / "bin" / "python"
        self.command = installation / "venv" / "bin" / "grade"
        self.installation = installation
        self.site = next((installation / "venv" / "lib").glob("python*")) / "site-packages"
        self.course = folder / "course"
        self.submissions = self.course / "submissions" / HOMEWORK
        self.reports = self.course / "reports"
        self.secrets = self.course / "secrets"
        self.drop = folder / "drop"
        self.home = folder / "home"
        self.temporary = folder / "tmp"
        self.attacks = [
            attack for attack in (*read_catalogue(), *odd_files()) if level != "none" or attack.runs_unlocked
        ]
        self.won = f"won-{secrets.token_hex(12)}"
        self.canaries = {kind: _canary(kind) for kind in ("reference", "rubric", "student", "home", "env")}
        first = 1 + secrets.randbelow(2**20) * 1024
        self.keys = {attack.name: first + number for number, attack in enumerate(self.attacks)}
        self.victims: dict[str, Victim] = {}

    def build(self, listeners: Listeners, terminal: Terminal) -> None:
        """Make the course, the secrets and a victim for each attack that looks for one."""
        for path in (self.submissions, self.secrets, self.drop, self.home, self.temporary, self.course / "rubrics"):
            path.mkdir(parents=True, exist_ok=True)
        (self.home / ".local" / "lib" / self.site.parent.name / "site-packages").mkdir(parents=True)
        (self.home / ".netrc").write_text(f"password {self.canaries['home']}\n")
        self._copy_course()
        for attack in self.attacks:
            (self.drop / attack.name).mkdir()
            canary = _canary("course")
            self.canaries[attack.name] = canary
            (self.secrets / f"{attack.name}.txt").write_text(f"{canary} of {attack.name}\n")
            if "@VICTIM@" in attack.source:
                self.victims[attack.name] = Victim(self.secrets / f"{attack.name}.txt", _canary("victim"))
                self.canaries[f"victim of {attack.name}"] = self.victims[attack.name].canary
            path = self.submissions / f"{attack.student}.py"
            if attack.plant is None:
                path.write_text(self._filled_in(attack, listeners, terminal), encoding="utf-8")
            else:
                attack.plant(path)

    def _copy_course(self) -> None:
        source = self.folder.parent / "shipped"
        reference = (source / "reference" / "hw3_gradients.py").read_text()
        rubric = (source / "rubrics" / f"{HOMEWORK}.yaml").read_text()
        (self.course / "reference").mkdir()
        (self.course / "reference" / "hw3_gradients.py").write_text(f"# {self.canaries['reference']}\n{reference}")
        (self.course / "rubrics" / f"{HOMEWORK}.yaml").write_text(f"# {self.canaries['rubric']}\n{rubric}{LIMITS}")
        for name in SAMPLES:
            text = (source / "submissions" / HOMEWORK / f"{name}.py").read_text()
            (self.submissions / f"{name}.py").write_text(f"# {self.canaries['student']}\n{text}")

    def _filled_in(self, attack: Attack, listeners: Listeners, terminal: Terminal) -> str:
        canary = self.secrets / f"{attack.name}.txt"
        values = {
            "WON": self.won,
            "NAME": attack.name,
            "DROP": self.drop / attack.name,
            "CANARY": canary,
            "AROUND": os.path.relpath(canary, self.site),
            "HOME": self.home,
            "COURSE": self.course,
            "SUBMISSIONS": self.submissions,
            "OTHER": self.submissions / f"{SAMPLES[0]}.py",
            "REFERENCE": self.course / "reference" / "hw3_gradients.py",
            "RUBRIC": self.course / "rubrics" / f"{HOMEWORK}.yaml",
            "RESULTS": self.reports / HOMEWORK / "results",
            "SITE": self.site,
            "VERSION": self.site.parent.name,
            "PORT": listeners.port,
            "ABSTRACT": listeners.abstract,
            "SOCKET": listeners.path,
            "TTY": terminal.path,
            "KEY": self.keys[attack.name],
            "SHARED_KEY": self.keys["j20_leaves_marks"],
            "VICTIM": self.victims[attack.name].pid if attack.name in self.victims else 0,
            "ENVIRONMENT": self.victims[attack.name].environment if attack.name in self.victims else 0,
            "ESC": "\x1b",
            "DEEP": "(" * 90 + "-" * 20000 + "1" + ")" * 90,
            "LONG": "+".join(["1"] * 100000),
            "HEX": "f" * 900000,
            "DIGITS": "9" * 100000,
            "LONGNAME": "a" * 10000,
            "LONGLINE": "x\u2028\x0c\x1c" * 50000,
            "MANYLINES": "\n".join(f"    hs = hs + {number} - {number}" for number in range(1500)),
        }
        text = attack.source
        for name, value in values.items():
            text = text.replace(f"@{name}@", str(value))
        return text

    def run(self) -> tuple[int, float]:
        """Grade the whole course by the real command; the exit code, and how long it took."""
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "LC_ALL": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
            "SECRET_OF_THE_GRADER": self.canaries["env"],
        }
        arguments = [".", "--out", str(self.reports), "--jobs", str(self.jobs), *FLAGS[self.level]]
        began = time.monotonic()
        with (self.folder / "stdout").open("wb") as out, (self.folder / "stderr").open("wb") as err:
            process = subprocess.Popen(
                [self.python, self.command, *arguments],
                cwd=self.submissions,  # a careless place to be in: every hand-in lies beside
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
            try:
                code = process.wait(DEADLINE_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                code = process.wait()
        return code, time.monotonic() - began

    def everything(self) -> Snapshot:
        """All files that must stay as they are."""
        return Snapshot.of(self.course, self.home, self.drop, self.temporary, self.installation, besides=self.reports)


def _canary(kind: str) -> str:
    return f"canary-{kind}-{secrets.token_hex(12)}"


def observe(folder: Path, installation: Path, level: str) -> Report:
    """Build a world, let the attacks loose in it once, and report what they reached."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)  # what is left behind becomes ours, and is found
    world = World(folder, installation, level)
    with Listeners(folder) as listeners, Terminal() as terminal:
        world.build(listeners, terminal)
        try:
            system, files = System.now(world.won, world.keys), world.everything()
            victims = {name: victim.state() for name, victim in world.victims.items()}
            code, seconds = world.run()
            message = (folder / "stderr").read_text(errors="backslashreplace")
            if code == 3 and not (world.reports / HOMEWORK / "results").is_dir():
                return Report(level, False, message, code, seconds)
            left = Processes.left_behind({victim.pid for victim in world.victims.values()})
            findings = Findings([attack.name for attack in world.attacks], world.won)
            for name, victim in world.victims.items():
                findings.add_all(name, _changes_of(victims[name], victim.state()))
        finally:
            for victim in world.victims.values():
                victim.end()
        for sentence in _about_the_run(code, seconds):
            findings.add(SOMEBODY, sentence)
        for what, text in [*listeners.heard, ("the terminal", terminal.text())]:
            if text:
                findings.guess(text, f"reached {what}: {text[:60]!r}")
        for process in left:
            findings.guess(process, f"left a process behind: {process}")
        for path, what, trace in files.compare(world.everything()):
            findings.guess(f"{path} {trace}", f"{what}: {_short(path, world)}")
        for thing in system.compare(System.now(world.won, world.keys)):
            findings.guess(thing, f"left behind: {thing}")
    judge_outputs(world, findings)
    return Report(level, True, message, code, seconds, findings.breaches)


def _changes_of(before: dict[str, object], after: dict[str, object]) -> Iterator[str]:
    for what, value in before.items():
        if after[what] != value:
            yield f"another process is not as it was: {what} is {after[what]}, and was {value}"


def _about_the_run(code: int, seconds: float) -> Iterator[str]:
    if seconds >= DEADLINE_SECONDS:
        yield f"the run was not over after {DEADLINE_SECONDS:.0f} s"
    elif code not in (0, 1, 3):  # 3 is said of each attack whose score is unknown
        yield f"the command ended with exit code {code}"
    taken = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    if taken > MOST_MEGABYTES:
        yield f"a process of the grader's, or of a student's, took {taken} MB"


def _short(path: str, world: World) -> str:
    for folder in (world.folder, world.installation):
        path = path.replace(str(folder) + "/", "")
    return path


def _become(user: int) -> None:
    os.setgroups([])
    os.setgid(user)
    os.setuid(user)


def main() -> None:
    """Read the arguments, become another user if asked to, observe, and write the report."""
    folder, installation, level = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    if len(sys.argv) > 4:
        _become(int(sys.argv[4]))
    os.umask(0o022)
    report = observe(folder, installation, level)
    (folder / "report.json").write_text(json.dumps(asdict(report)))


if __name__ == "__main__":
    main()
