"""Which level student code runs at, and why: the best that holds. One lock that is missing is seen, and refused."""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import GOOD, RUBRIC, at

from grader.cli import main
from grader.errors import PackageError, UnsafeError
from grader.homework import read_homework
from grader.models import Call, Calls, Happened, Limits, Outcome, Outcomes, Program, Wanted
from grader.sandbox import LOCKED, Level, Setting, Tried, choice, choose, run, selftest, start, try_level, walls
from grader.sandbox.inside import probes

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux has these locks, and no other system")

FULL, STRONG, STRICT, PARTIAL, NONE = Level
WORDS = {
    FULL: "full: namespaces, file rules, a system call filter and limits",
    STRONG: "strong, without namespaces: file rules, a system call filter and limits",
    STRICT: "strong, strict imports: no file can be opened; a system call filter and limits",
    PARTIAL: "PARTIAL: a process of its own with limits, no wall against hostile code",
    NONE: "NONE: the code runs with the rights of whoever runs the grader",
}
DANGER = (
    "Student code would run with your own rights: it could read the reference and your files, change grades, and use "
    "the network."
)
NOT_ENFORCED = (
    "Enforced: time limits, a process of its own, no variables of yours. NOT enforced: files, network, other "
    "processes; memory not on every system. Do not grade strangers' code with it."
)
WITHOUT_INSISTING = "Without --sandbox, the best level that holds here is used; grade doctor shows it."
TRUST = "If every submission is trusted: --unsafe-run-without-sandbox (each result is marked with it)."
VIRTUAL_MACHINE = "run the grader in a virtual machine with a current Linux kernel (6.2 or newer)"
NO_BWRAP = "bwrap (the package bubblewrap) is not installed"
BLOCKED = (("fork", "blocked (EPERM)"), ("read a file outside", "blocked (ENOENT)"))


# ---------------------------------------------------------------- the levels


def test_the_levels_from_the_best_down_and_their_words():
    assert {level: level.words for level in Level} == WORDS
    assert [str(level) for level in Level] == ["full", "strong", "strict", "partial", "none"]


def test_the_first_three_are_locked_and_the_first_has_walls():
    assert LOCKED == (FULL, STRONG, STRICT)
    assert [level.locked for level in Level] == [True, True, True, False, False]
    assert [level.walls for level in Level] == [True, False, False, False, False]


# ---------------------------------------------------------------- the choice

Pretend = Callable[..., list[Level]]


@pytest.fixture
def pretend(monkeypatch: pytest.MonkeyPatch) -> Pretend:
    """Be a machine where levels are refused for these reasons, and the others hold; says which of them are tried."""

    def pretend(system: str = "linux", **refused: str) -> list[Level]:
        asked: list[Level] = []

        def try_level(setting: Setting) -> Tried:
            asked.append(setting.level)
            why = refused.get(setting.level, "")
            return Tried(setting.level, {} if why else {"limits": "some"}, () if why else BLOCKED, why)

        monkeypatch.setattr(sys, "platform", system)
        monkeypatch.setattr(selftest, "try_level", try_level)
        monkeypatch.setattr("grader.cli.try_level", try_level)
        monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None)
        return asked

    return pretend


NOTHING_HOLDS = {"full": NO_BWRAP, "strong": "this kernel has no Landlock", "strict": "no filter"}


def test_the_best_level_is_taken_and_nothing_below_it_is_tried(pretend: Pretend):
    asked = pretend()
    chosen = choose()
    assert chosen.setting == Setting(FULL)
    assert asked == [FULL]
    assert chosen.sentence == f"Sandbox: {WORDS[FULL]}. Self-test: 2 of 2 break-outs stopped."


@pytest.mark.parametrize(
    ("refused", "level"), [({"full": NO_BWRAP}, STRONG), ({"full": NO_BWRAP, "strong": "no Landlock"}, STRICT)]
)
def test_the_next_level_is_taken_where_one_does_not_hold_and_it_is_said_why(pretend: Pretend, refused, level):
    asked = pretend(**refused)
    chosen = choose(("scipy",))
    assert chosen.setting == Setting(level, ("scipy",))
    assert asked == list(LOCKED[: len(refused) + 1])
    assert [one.refused for one in chosen.tried] == [*refused.values(), ""]
    assert chosen.sentence == (
        f"Sandbox: {WORDS[level]}. Self-test: 2 of 2 break-outs stopped. Not full, because {NO_BWRAP}."
    )


def test_where_nothing_holds_nothing_is_run_and_the_refusal_says_what_was_tried_and_what_mends_it(pretend: Pretend):
    asked = pretend(**NOTHING_HOLDS)
    with pytest.raises(UnsafeError) as refusal:
        choose()
    assert asked == [FULL, STRONG, STRICT]
    assert str(refusal.value).split("\n") == [
        f"Nothing was run. {DANGER}",
        f"  tried full: {NO_BWRAP}",
        "  tried strong: this kernel has no Landlock",
        "  tried strict: no filter",
        "To mend it: sudo apt-get install bubblewrap",
        TRUST,
    ]


def test_to_insist_on_a_level_is_to_try_no_other(pretend: Pretend):
    asked = pretend(strict="no filter")
    assert choose(insist=STRONG).setting == Setting(STRONG)
    assert asked == [STRONG]
    assert choose(insist=STRONG).sentence == f"Sandbox: {WORDS[STRONG]}. Self-test: 2 of 2 break-outs stopped."


@pytest.mark.parametrize("asks", [{}, {"own": True}, {"partial": True}, {"own": True, "partial": True}])
def test_who_insists_on_a_level_gets_it_or_a_refusal(pretend: Pretend, asks):
    pretend(strong="this kernel has no Landlock")
    with pytest.raises(UnsafeError) as refusal:
        choose(insist=STRONG, **asks)
    assert str(refusal.value).split("\n") == [
        "Nothing was run: the level strong is not to be had.",
        "  tried strong: this kernel has no Landlock",
        f"To mend it: {VIRTUAL_MACHINE}",
        WITHOUT_INSISTING,
        TRUST,
    ]


def test_partial_is_nothing_to_accept_on_linux(pretend: Pretend):
    pretend(**NOTHING_HOLDS)
    with pytest.raises(UnsafeError):
        choose(partial=True)


def test_one_s_own_file_runs_at_any_level(pretend: Pretend):
    pretend(**NOTHING_HOLDS)
    chosen = choose(("scipy",), own=True)
    assert chosen.setting == Setting(NONE, ("scipy",))
    assert chosen.sentence == f"Sandbox: {WORDS[NONE]}."
    pretend()
    assert choose(own=True).setting == Setting(FULL)


def test_who_trusts_everybody_is_not_asked_twice(pretend: Pretend):
    asked = pretend()
    chosen = choose(("scipy",), unsafe=True)
    assert chosen.setting == Setting(NONE, ("scipy",))
    assert chosen.sentence == f"Sandbox: {WORDS[NONE]}."
    assert asked == []


# ---------------------------------------------------------------- another system


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_another_system_has_no_locks_and_nothing_is_run(monkeypatch: pytest.MonkeyPatch, system: str):
    monkeypatch.setattr(sys, "platform", system)
    with pytest.raises(UnsafeError) as refusal:
        choose()
    assert str(refusal.value).split("\n") == [
        f"Nothing was run. {DANGER}",
        *(
            f"  tried {level}: this system ({system}) has none of the locks; only Linux does"
            for level in ("full", "strong", "strict")
        ),
        'To mend it: docker run --rm -v "$PWD":/course -w /course python:3.12 sh -c "pip install /course && grade '
        'submissions/"',
        f"Or accept what this system has, with --accept-partial-sandbox. {NOT_ENFORCED}",
        TRUST,
    ]


@pytest.mark.parametrize("asks", [{"partial": True}, {"own": True}])
def test_another_system_offers_the_partial_level_to_who_accepts_it_and_for_one_s_own_file(monkeypatch, asks):
    monkeypatch.setattr(sys, "platform", "darwin")
    chosen = choose(**asks)
    assert chosen.setting == Setting(PARTIAL)
    assert chosen.sentence == f"Sandbox: {WORDS[PARTIAL]}. {NOT_ENFORCED}"


# ---------------------------------------------------------------- what mends it

PRIVATE = "/root/.pyenv can only be read by its owner"
USER_NAMESPACES = (
    "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 kernel.unprivileged_userns_clone=1 "
    "(in a container: start it with --security-opt seccomp=unconfined)"
)
REMEDIES = [
    ([NO_BWRAP, "no filter"], {"apt-get", "dnf"}, "sudo apt-get install bubblewrap"),
    ([NO_BWRAP, "no filter"], {"dnf"}, "sudo dnf install bubblewrap"),
    ([NO_BWRAP, "no filter"], {"pacman"}, "sudo pacman -S bubblewrap"),
    ([NO_BWRAP, "no filter"], {"apk"}, "sudo apk add bubblewrap"),
    ([NO_BWRAP, "no filter"], {"zypper"}, "sudo zypper install bubblewrap"),
    ([NO_BWRAP, "no filter"], set(), "install bubblewrap"),
    (["the zygote did not start: bwrap: setting up uid map: Permission denied"], set(), USER_NAMESPACES),
    (["the zygote did not start: bwrap: No permissions to create new namespace"], set(), USER_NAMESPACES),
    (
        ["the zygote did not start: bwrap: Creating new namespace failed: Operation not permitted"],
        set(),
        USER_NAMESPACES,
    ),
    ([PRIVATE], set(), "install Python and the grader where every user can read them, or run as an ordinary user"),
    (["this kernel has no Landlock"], {"apt-get"}, VIRTUAL_MACHINE),
    ([], set(), VIRTUAL_MACHINE),
]


@pytest.mark.parametrize(("reasons", "managers", "command"), REMEDIES)
def test_the_command_that_mends_it_fits_the_reason(pretend: Pretend, monkeypatch, reasons, managers, command):
    pretend()
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if name in managers else None)
    assert choice.remedy([Tried(level, {}, (), why) for level, why in zip(LOCKED, reasons, strict=False)]) == command


# ---------------------------------------------------------------- what is missing on this machine


@pytest.fixture
def fresh() -> Iterator[None]:
    """No zygote is taken over from what was tried before, or left to what is tried after."""
    start.end_zygotes()
    yield
    start.end_zygotes()


@on_linux
def test_without_bwrap_full_is_not_tried(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(walls, "bwrap", lambda: None)
    assert try_level(Setting(FULL)) == Tried(FULL, {}, (), NO_BWRAP)


@on_linux
def test_a_bwrap_that_fails_is_told_in_its_own_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fresh):
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(walls, "bwrap", lambda: str(program))
    tried = try_level(Setting(FULL))
    assert (tried.holds, tried.layers, tried.attempts) == (False, {}, ())
    assert tried.refused.endswith("bwrap: setting up uid map: Permission denied")
    assert choice.remedy([tried]) == USER_NAMESPACES


@on_linux
def test_a_bwrap_that_can_not_be_started_is_a_reason_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fresh):
    monkeypatch.setattr(walls, "bwrap", lambda: str(tmp_path / "gone"))
    assert try_level(Setting(FULL)).refused == f"[Errno 2] No such file or directory: '{tmp_path}/gone'"


@on_linux
def test_a_zygote_that_does_not_start_is_a_reason(monkeypatch: pytest.MonkeyPatch, fresh):
    monkeypatch.setattr(start, "_BOOT", "raise SystemExit('no Python today')")
    assert try_level(Setting(STRICT)).refused == (
        "the process that students' code is forked from ended: no Python today"
    )


@dataclass
class Fault:
    """A change to the files of the box: (file, text, what stands there instead), ..."""

    changes: tuple[tuple[str, str, str], ...]

    def __or__(self, other: Fault) -> Fault:
        return Fault((*self.changes, *other.changes))


def line(file: str, text: str, instead: str) -> Fault:
    return Fault(((file, text, instead),))


def allow(*names: str, numbers: str = "") -> Fault:
    """More system calls, as if somebody had found them harmless."""
    allowed = line("seccomp.py", "ALWAYS = tuple(_ALWAYS_TEXT.split())", f"ALWAYS = (*_ALWAYS_TEXT.split(), *{names})")
    return allowed | line("kernel.py", "\nmount 165 40\n", f"\nmount 165 40\n{numbers}")


@pytest.fixture(scope="module")
def sound() -> dict[Level, Tried]:
    """What came of each level without a fault."""
    return {}


@pytest.fixture
def try_with(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fresh, sound) -> Callable[[Level, Fault], Tried]:
    """What comes of a level when the files of the box have a fault."""
    if sys.platform != "linux":
        pytest.skip("Linux has these locks, and no other system")
    everything = walls.readable
    for_all = [path for path in everything() if all(folder.stat().st_mode & 0o005 == 0o005 for folder in folders(path))]

    def try_with(level: Level, fault: Fault) -> Tried:
        # What root alone can read is left out, so that `strong` can be tried as root, too.
        monkeypatch.setattr(walls, "readable", lambda: everything() if level == FULL else for_all)
        if level not in sound:
            sound[level] = try_level(Setting(level))
            start.end_zygotes()
        if not sound[level].holds:
            pytest.skip(f"the level {level} does not hold on this machine: {sound[level].refused}")
        box = tmp_path / "inside"
        shutil.copytree(Path(probes.__file__).parent, box, ignore=shutil.ignore_patterns("__pycache__"))
        for file, text, instead in fault.changes:
            source = (box / file).read_text(encoding="utf-8")
            assert text in source, f"{file} has changed: plant the fault anew"
            (box / file).write_text(source.replace(text, instead), encoding="utf-8")
        monkeypatch.setattr(start, "_ROOM", str(tmp_path))
        return try_level(Setting(level))

    return try_with


def folders(path: str) -> list[Path]:
    return [folder for folder in (Path(path), *Path(path).parents) if folder.is_dir()]


def succeeded(tried: Tried) -> set[str]:
    """The attempts that were not stopped; the level must be refused for exactly these."""
    escaped = [f"{name}: {words}" for name, words in tried.attempts if not words.startswith("blocked")]
    assert all(": SUCCEEDED: " in words for words in escaped)
    assert tried.refused == (f"a break-out was not stopped: {'; '.join(escaped)}" if escaped else "")
    assert tried.holds == (not escaped)
    assert tried.stopped == len(tried.attempts) - len(escaped)
    return {name for name, words in tried.attempts if not words.startswith("blocked")}


@pytest.mark.parametrize("level", LOCKED)
def test_without_a_fault_every_attempt_is_stopped(try_with, level: Level):
    tried = try_with(level, Fault(()))
    assert succeeded(tried) == set()
    assert len(tried.attempts) == probes.COUNT + 1
    assert list(tried.layers) == [*(["walls"] if level == FULL else []), "limits", "user", "files", "system calls"]


NO_LANDLOCK = line("lock.py", "landlock.restrict(lock.rules)", "pass")
NO_SECCOMP = line("lock.py", "seccomp.install(", "(lambda code: None)(")
NO_LOOK = line("lock.py", "if kernel.prctl(kernel.PR_GET_SECCOMP) != 2 or kernel.capabilities():", "if False:")
NO_LIMITS = line("child.py", "    lock.limit(", "    (lambda *_: None)(")
NO_ADDRESS_LIMIT = line("lock.py", '"AS": lock.taken_bytes + memory_mb * 2**20, ', "")
DUMPABLE = line("lock.py", "PR_SET_DUMPABLE, 0", "PR_SET_DUMPABLE, 1")
KEEPS_DESCRIPTORS = line("zygote.py", "os.closerange(", "(lambda *_: None)(")
KEEPS_RULES = line("lock.py", "os.close(lock.rules)", "pass")
OUTSIDE = {"read a file outside", "write a file outside"}
KERNEL = "read a file of the kernel"
SOCKETS = {"open a socket", "open a socket of another family"}

FAULTS = [
    ("no limits", STRICT, NO_LIMITS, {"a gigabyte of memory"}),
    ("no limit of memory", STRICT, NO_ADDRESS_LIMIT, {"a gigabyte of memory"}),
    ("no limit of memory", FULL, NO_ADDRESS_LIMIT, {"a gigabyte of memory"}),
    ("descriptors stay open", STRICT, KEEPS_DESCRIPTORS, {"descriptors of others"}),
    ("descriptors stay open", FULL, KEEPS_DESCRIPTORS, {"descriptors of others"}),
    ("the rules stay open", FULL, KEEPS_RULES, {"descriptors of others"}),
    ("no Landlock", STRONG, NO_LANDLOCK, OUTSIDE | {KERNEL}),
    ("no Landlock", FULL, NO_LANDLOCK, {KERNEL}),
    ("no Landlock, and its parent can be read", STRONG, NO_LANDLOCK | DUMPABLE, OUTSIDE | {KERNEL, "read the parent's environment"}),
    ("no Landlock, and its parent can be read", FULL, NO_LANDLOCK | DUMPABLE, {KERNEL, "read the parent's environment"}),
    ("sockets", STRICT, allow("socket", "connect"), SOCKETS | {"connect to a port of this machine", "connect to an abstract unix socket"}),
    ("sockets that connect to nothing", STRICT, allow("socket"), SOCKETS),
    ("signals by another call", STRICT, allow("tgkill"), {"send the parent's thread a signal"}),
    ("processes by another call", STRICT, allow("fork"), {"fork by its own call"}),
    ("an io_uring", STRICT, allow("io_uring_setup"), {"an io_uring"}),
    ("pairs of sockets", STRICT, allow("socketpair"), {"open a pair of sockets"}),
    ("processes", STRICT, allow("clone"), {"fork", "clone a process"}),
    ("processes", FULL, allow("clone"), {"fork", "clone a process"}),
    ("signals", STRICT, allow("kill", numbers="kill 62 129\n"), {"send the parent a signal"}),
    ("others' memory", STRICT, allow("process_vm_readv"), {"read the parent's memory"}),
    ("descriptors of processes", STRICT, allow("pidfd_open"), {"hold the parent by a descriptor", "descriptors of others"}),
    ("limits", STRICT, allow("prlimit64"), {"change a limit"}),
    ("shared memory", STRICT, allow("shmget", "shmctl"), {"shared memory"}),
    ("files in memory", STRICT, allow("memfd_create"), {"a file in memory", "descriptors of others"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "fault", "expected"), [row[1:] for row in FAULTS], ids=[f"{row[1]}-{row[0]}" for row in FAULTS]
)
def test_a_level_with_one_lock_missing_is_refused_for_exactly_what_got_through(
    try_with, level: Level, fault: Fault, expected: set[str]
):
    assert succeeded(try_with(level, fault)) == expected


@pytest.mark.parametrize("level", [FULL, STRONG])
def test_without_the_filter_nearly_everything_gets_through(try_with, level: Level):
    got = succeeded(try_with(level, NO_SECCOMP | NO_LOOK))
    assert got >= {
        "open a pair of sockets", "fork", "clone a process", "hold the parent by a descriptor", "change a limit",
        "a file in memory", "descriptors of others",
    }  # fmt: skip
    assert not got & {"read a file outside", "write a file outside", "a gigabyte of memory"}


def test_without_the_filter_another_program_can_be_run_and_the_test_ends_early(try_with):
    tried = try_with(STRICT, NO_SECCOMP | NO_LOOK)
    assert not tried.holds
    before = list(probes._ATTEMPTS).index("run another program")
    assert re.match(rf"the self-test ended early, with code \d+, after {before} attempts", tried.refused)


@pytest.mark.parametrize("level", LOCKED)
def test_a_child_looks_itself_whether_the_filter_is_on(try_with, level: Level):
    tried = try_with(level, NO_SECCOMP)
    assert not tried.holds
    assert tried.attempts == ()
    assert tried.refused.startswith("the self-test ended early, with code 70, after 0 attempts")


def test_a_child_whose_locks_do_not_hold_says_so(try_with):
    assert "LockError: the locks were applied, but do not hold" in try_with(STRICT, NO_SECCOMP).refused


def test_a_child_that_is_not_ended_in_time_is_a_break_out(try_with, monkeypatch: pytest.MonkeyPatch):
    def endless(*_: object) -> Outcomes:
        return Outcomes({0: Outcome(Happened.EXITED)}, {})

    monkeypatch.setattr(selftest, "run", endless)
    tried = try_level(Setting(STRICT))
    assert tried.refused == "a break-out was not stopped: compute without end: SUCCEEDED: exited"


def test_a_child_that_says_less_than_it_should_is_a_reason(try_with):
    tried = try_with(STRICT, line("probes.py", '    "fork": _fork,\n', ""))
    assert tried.refused.startswith(f"the self-test ended early, with code 0, after {probes.COUNT - 1} attempts")


def test_a_zygote_with_two_threads_is_refused(try_with):
    tried = try_with(
        STRICT,
        line(
            "libraries.py",
            "    with warnings",
            "    import threading\n    threading.Thread(target=__import__('time').sleep, args=(5,), daemon=True).start()\n    with warnings",
        ),
    )
    assert tried.refused == "2 threads are running after the imports; a package started them"


@on_linux
def test_what_only_its_owner_can_read_is_a_reason_against_file_rules(monkeypatch, tmp_path: Path, fresh):
    if os.geteuid() != 0:
        pytest.skip("only root gives up rights")
    private = tmp_path / "private" / "site-packages"
    private.mkdir(parents=True)
    private.parent.chmod(0o700)
    monkeypatch.setattr(walls, "readable", lambda: [str(private)])
    tried = try_level(Setting(STRONG))
    assert tried.refused == f"{private} can only be read by its owner"
    assert choice.remedy([tried]) == (
        "install Python and the grader where every user can read them, or run as an ordinary user"
    )


# ---------------------------------------------------------------- the command


def command(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_the_doctor_tells_the_best_level_its_layers_every_attempt_and_why_others_do_not_hold(pretend: Pretend, capsys):
    pretend(full=NO_BWRAP)
    assert command(capsys, "doctor") == (
        0,
        f"Sandbox: {WORDS[STRONG]}\n"
        "\n"
        "what holds a child of the grader\n"
        "  limits  some\n"
        "\n"
        "attempts to break out, 2 of 2 stopped\n"
        "  ✓ fork                 blocked (EPERM)\n"
        "  ✓ read a file outside  blocked (ENOENT)\n"
        "\n"
        "levels, from the best down\n"
        f"  full    {NO_BWRAP}\n"
        "  strong  holds here, and is used\n"
        "  strict  holds here\n",
        "",
    )


def test_the_doctor_ends_with_three_where_nothing_holds(pretend: Pretend, capsys):
    pretend(**NOTHING_HOLDS)
    assert command(capsys, "doctor") == (
        3,
        "levels, from the best down\n"
        f"  full    {NO_BWRAP}\n"
        "  strong  this kernel has no Landlock\n"
        "  strict  no filter\n",
        f"grade: Nothing was run. {DANGER}\n"
        f"  tried full: {NO_BWRAP}\n"
        "  tried strong: this kernel has no Landlock\n"
        "  tried strict: no filter\n"
        "To mend it: sudo apt-get install bubblewrap\n"
        f"{TRUST}\n",
    )


def test_the_doctor_looks_at_one_level_only_if_asked(pretend: Pretend, capsys):
    asked = pretend(full=NO_BWRAP)
    assert command(capsys, "doctor", "--sandbox", "strict")[0] == 0
    assert command(capsys, "doctor", "--sandbox", "full")[0] == 3
    assert asked == [STRICT, FULL]


@on_linux
def test_the_doctor_of_this_machine_stops_every_attempt(capsys):
    tried = try_level(Setting(STRICT))
    if not tried.holds:
        pytest.skip(tried.refused)
    code, out, err = command(capsys, "doctor", "--sandbox", "strict")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == f"Sandbox: {WORDS[STRICT]}"
    assert f"attempts to break out, {probes.COUNT + 1} of {probes.COUNT + 1} stopped" in lines
    assert [row for row in lines if row.startswith("  ✓ ")] == [row for row in lines if "  blocked (" in row]
    assert len([row for row in lines if row.startswith("  ✓ ")]) == probes.COUNT + 1
    assert lines[-1] == "  strict  holds here, and is used"


def places_of_the_level(folder: Path) -> dict[str, str]:
    """Where the level of a result stands, and what stands there."""
    with (folder / "gradebook.csv").open(newline="", encoding="utf-8") as file:
        row = next(csv.DictReader(file))
    return {
        "result": json.loads((folder / "results" / "s01.json").read_text(encoding="utf-8"))["sandbox"],
        "gradebook": row["sandbox"],
        "page": fact(folder / "s01.html"),
        "class": fact(folder / "index.html"),
    }


def fact(page: Path) -> str:
    """What a page says under `sandbox` in its small print."""
    (found,) = re.findall(r"<dt>sandbox</dt>\s*<dd>([^<]*)</dd>", page.read_text(encoding="utf-8"))
    return str(found)


@at(STRICT)
def test_a_level_that_is_insisted_on_stands_everywhere(course: Path, capsys, setting: Setting):
    code, out, err = command(capsys, "submissions/", "--sandbox", "strict", "--jobs", "1")
    assert (code, err) == (0, "")
    stopped = probes.COUNT + 1
    assert out.splitlines()[0] == f"Sandbox: {WORDS[STRICT]}. Self-test: {stopped} of {stopped} break-outs stopped."
    assert set(places_of_the_level(Path("reports/small")).values()) == {"strict"}
    assert "Not locked in." not in Path("reports/small/index.html").read_text()


def test_results_without_a_sandbox_are_marked_everywhere(course: Path, capsys):
    code, out, err = command(capsys, "submissions/", "--unsafe-run-without-sandbox", "--jobs", "1")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == f"Sandbox: {WORDS[NONE]}."
    assert set(places_of_the_level(Path("reports/small")).values()) == {"none"}
    assert "<b>Not locked in.</b> All of these results were made without a wall around student code" in (
        Path("reports/small/index.html").read_text()
    )


@at(STRICT)
def test_a_result_of_another_level_does_not_stand(course: Path, capsys, setting: Setting):
    command(capsys, "submissions/", "--unsafe-run-without-sandbox", "--jobs", "1")
    command(capsys, "submissions/", "--sandbox", "strict", "--jobs", "1")
    assert set(places_of_the_level(Path("reports/small")).values()) == {"strict"}


@pytest.mark.parametrize("path", ["submissions/", "submissions/small/s01.py"])
def test_where_the_level_is_not_to_be_had_nothing_is_run_or_written(course: Path, capsys, pretend: Pretend, path: str):
    pretend(full=NO_BWRAP)
    assert command(capsys, path, "--out", "reports", "--sandbox", "full") == (
        3,
        "",
        "grade: Nothing was run: the level full is not to be had.\n"
        f"  tried full: {NO_BWRAP}\n"
        "To mend it: sudo apt-get install bubblewrap\n"
        f"{WITHOUT_INSISTING}\n"
        f"{TRUST}\n",
    )
    assert not Path("reports").exists()


def test_where_no_level_holds_results_that_are_there_stay_as_they_are(course: Path, capsys, pretend: Pretend):
    results = Path("reports/small/results")
    results.mkdir(parents=True)
    (results / "s01.json").write_text("of another day")
    pretend(**NOTHING_HOLDS)
    code, out, err = command(capsys, "submissions/", "--fresh", "--accept-partial-sandbox")
    assert (code, out) == (3, "")
    assert err.startswith(f"grade: Nothing was run. {DANGER}\n")
    assert [str(path) for path in Path("reports").rglob("*") if path.is_file()] == ["reports/small/results/s01.json"]
    assert (results / "s01.json").read_text() == "of another day"


@pytest.mark.parametrize("options", [(), ("--unsafe-run-without-sandbox",)])
def test_the_check_of_one_s_own_file_says_its_level(course: Path, capsys, pretend: Pretend, options):
    pretend(**NOTHING_HOLDS)
    code, out, err = command(capsys, "submissions/small/s01.py", "--out", "own", *options)
    assert (code, err) == (0, "")
    assert "Sandbox: none" in out.splitlines()
    assert json.loads(Path("own/small/results/s01.json").read_text())["sandbox"] == "none"


@at(STRICT)
def test_the_check_of_one_s_own_file_can_insist_on_a_level(course: Path, capsys, setting: Setting):
    code, out, _ = command(capsys, "submissions/small/s01.py", "--sandbox", "strict")
    assert code == 0
    assert "Sandbox: strict" in out.splitlines()


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The last line of what is said to a command that is wrong."""
    with pytest.raises(SystemExit) as end:
        main(["submissions/", *arguments])
    assert end.value.code == 2
    return capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize("level", ["none", "partial", "half"])
def test_only_a_level_that_locks_can_be_insisted_on(course: Path, capsys, level: str):
    said = refused(capsys, "--sandbox", level)
    assert said.startswith(f"grade: error: argument --sandbox: invalid choice: '{level}' (choose from ")
    assert re.findall(r"\w+", said.partition("(choose from ")[2]) == ["full", "strong", "strict"]


@pytest.mark.parametrize("option", ["--accept-partial-sandbox", "--unsafe-run-without-sandbox"])
def test_who_insists_on_a_level_can_not_accept_less(course: Path, capsys, option: str):
    assert refused(capsys, "--sandbox", "full", option) == (
        f"grade: error: argument {option}: not allowed with argument --sandbox"
    )


# ---------------------------------------------------------------- packages

FAKES = {
    "graderdeclared": "from graderdeclared.parts import three\n",
    "graderdeclared.parts": "three = 3.0\n",
    "graderdeclared.late": "four = 4.0\n",
    "graderundeclared": "five = 5.0\n",
    "graderforked": "import os\nforks = []\nos.register_at_fork(after_in_child=lambda: forks.append(1))\n",
    "graderbroken": "raise RuntimeError('no graphics card')\n",
    "graderthreads": "import threading, time\nthreading.Thread(target=time.sleep, args=(9,), daemon=True).start()\n",
}
"""Packages that are installed here for the length of a test."""


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, fresh) -> None:
    """The fakes, in a folder where packages are."""
    folder = tmp_path_factory.mktemp("python") / "site-packages"
    for name, source in FAKES.items():
        package, _, part = name.partition(".")
        (folder / package).mkdir(parents=True, exist_ok=True)
        (folder / package / f"{part or '__init__'}.py").write_text(source)
    monkeypatch.syspath_prepend(folder)


IMPORTS = """\
import graderundeclared
import graderdeclared, graderundeclared
import graderdeclared.parts
import hypothesis

def declared(x): return x + graderdeclared.three + graderdeclared.parts.three
def undeclared(x): import graderundeclared
def late(x):
    from graderdeclared.late import four
    return x + four
"""


@at(FULL, STRICT, NONE)
def test_a_package_on_the_list_can_be_imported_and_nothing_else_that_is_installed(installed: None, setting: Setting):
    names = ("declared", "undeclared", "late")
    calls = Calls(tuple(Wanted(n, ("x",), ("x",)) for n in names), tuple(Call(n, {"x": 1.0}) for n in names))
    got = run(Setting(setting.level, ("graderdeclared",)), Program(IMPORTS.encode()), calls, Limits())
    assert [(left.line, left.text) for left in got.left_out] == [
        (1, "ModuleNotFoundError: No module named 'graderundeclared'"),
        (2, "ModuleNotFoundError: No module named 'graderundeclared'"),
        (4, "ModuleNotFoundError: No module named 'hypothesis'"),
    ]
    declared, undeclared, late = (got.outcomes[number] for number in range(3))
    assert declared.value is not None
    assert declared.value == 7.0
    assert (undeclared.happened, undeclared.text) == (
        Happened.RAISED,
        "ModuleNotFoundError: No module named 'graderundeclared'",
    )
    if setting.level == STRICT:  # no file can be opened: what was not imported before is not there
        assert (late.happened, late.text) == (
            Happened.RAISED,
            "ModuleNotFoundError: No module named 'graderdeclared.late'",
        )
    else:
        assert late.value == 5.0


@at(FULL, STRICT, NONE)
def test_fork_hooks_run_where_students_code_may_fork_and_nowhere_else(installed: None, setting: Setting):
    source = b"import graderforked\ndef f(x): return float(len(graderforked.forks))\n"
    calls = Calls((Wanted("f", ("x",), ("x",)),), (Call("f", {"x": 1.0}),))
    value = run(Setting(setting.level, ("graderforked",)), Program(source), calls, Limits()).outcomes[0].value
    assert value is not None
    assert value == (0.0 if setting.level.locked else 1.0)


@at(STRICT)
def test_a_part_that_is_named_is_there_at_every_level(installed: None, setting: Setting):
    calls = Calls((Wanted("late", ("x",), ("x",)),), (Call("late", {"x": 1.0}),))
    packages = ("graderdeclared", "graderdeclared.late")
    assert run(Setting(STRICT, packages), Program(IMPORTS.encode()), calls, Limits()).outcomes[0].value == 5.0


def declare(*packages: str) -> None:
    Path("rubrics/small.yaml").write_text(f"{RUBRIC}packages: [{', '.join(packages)}]\n")


MISSING = [
    (
        ("scipy",),
        "scipy can not be imported (ModuleNotFoundError: No module named 'scipy')",
        "scipy",
    ),
    (
        ("graderdeclared", "graderabsent.parts"),
        "graderabsent.parts can not be imported (ModuleNotFoundError: No module named 'graderabsent')",
        "graderdeclared graderabsent",
    ),
    (("graderbroken",), "graderbroken can not be imported (RuntimeError: no graphics card)", "graderbroken"),
]


@pytest.mark.parametrize(("packages", "reason", "names"), MISSING)
@pytest.mark.parametrize("path", ["submissions/", "submissions/small/s01.py"])
def test_a_package_that_can_not_be_imported_ends_the_command_before_anything_is_run(
    course: Path, capsys, installed: None, packages, reason, names, path
):
    if packages == ("scipy",) and importlib.util.find_spec("scipy"):
        pytest.skip("scipy is installed here")
    declare(*packages)
    assert command(capsys, path) == (
        2,
        "",
        f"grade: rubrics/small.yaml: packages: {reason}. Install it where the grader is (pip install {names}), or "
        "strike it from the rubric\n",
    )
    assert not Path("reports").exists()


@on_linux
def test_a_package_that_starts_threads_is_a_reason_against_every_level(installed: None):
    with pytest.raises(UnsafeError) as refusal:
        choose(("graderthreads",), insist=STRICT)
    assert "tried strict: 2 threads are running after the imports; a package started them" in str(refusal.value)


@on_linux
def test_what_can_not_be_imported_is_no_reason_against_a_level(installed: None):
    with pytest.raises(PackageError, match=r"^graderbroken can not be imported \(RuntimeError: no graphics card\)$"):
        try_level(Setting(STRICT, ("graderbroken",)))


@at(None)
def test_a_rubric_s_packages_are_there_for_its_students(course: Path, capsys, installed: None, setting: Setting):
    declare("graderdeclared")
    Path("submissions/small/s01.py").write_text(
        f"from graderdeclared import three\n{GOOD.replace('x + x', 'x * (three - 1)')}"
    )
    code, out, _ = command(capsys, "submissions/small/s01.py", "--unsafe-run-without-sandbox")
    assert code == 0
    assert "4 of 4" in out
    assert read_homework(Path("rubrics/small.yaml"), 0).rubric.packages == ("graderdeclared",)


FORGIVEN = {
    "import matplotlib.pyplot as plt, numpy as np": [],
    "import numpy as np, matplotlib.pyplot as plt": [],
    "import sklearn": ["No module named 'sklearn'"],
    "from sklearn.metrics import accuracy_score": ["No module named 'sklearn'"],
    "import torch, pandas as pd, numpy as np": ["No module named 'torch'", "No module named 'pandas'"],
    "import graderundeclared": ["No module named 'graderundeclared'"],
}


@at(None, STRICT)
@pytest.mark.parametrize("imports", FORGIVEN)
def test_an_import_that_nothing_needs_costs_nothing(course, capsys, installed: None, setting: Setting, imports: str):
    good = GOOD.replace("x + x", "np.add(x, x)" if "numpy" in imports else "x + x")
    Path("submissions/small/s01.py").write_text(f"{imports}\n{good}")
    options = ["--sandbox", setting.level] if setting.level.locked else []
    code, out, _ = command(capsys, "submissions/small/s01.py", *options)
    assert code == 0
    notes = [row.strip() for row in out.splitlines() if row.startswith("  note: ")]
    assert notes == [
        f"note: Line 1 could not be run: ModuleNotFoundError: {missing}. The rest of the file was graded."
        for missing in FORGIVEN[imports]
    ]
    assert out.splitlines()[-2:] == ["4 of 4", f"Sandbox: {setting.level}"]
