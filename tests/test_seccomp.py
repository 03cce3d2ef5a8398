"""The system call filter: the numbers are the kernel's, and the program is the policy that stands here, in words.

The same policy is given to libseccomp, which knows nothing of ours. An interpreter runs both programs over every
system call of two architectures, and their answers are compared.
"""

from __future__ import annotations

import errno
import itertools
import json
import os
import random
import struct
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from functools import lru_cache
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from system_calls import NotSupportedSystemCall, syscalls

from grader.sandbox.inside import kernel, lock, seccomp

settings.register_profile("busy machine", deadline=None, database=None)
settings.load_profile("busy machine")

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux has these locks, and no other system")

VARIANTS = list(itertools.product(kernel.ARCHITECTURES, (True, False)))
PACKAGE_NAMES = {"x86_64": "x86_64", "aarch64": "arm64"}
AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
OTHER_AUDITS = {"i386": 0x40000003, "arm": 0x40000028, "riscv64": 0xC00000F3, "nothing": 0, "all bits": 0xFFFFFFFF}
OWN = 4242
"""the number of the process that the filter is made for"""
ALLOW, KILL, EPERM = 0x7FFF0000, 0x80000000, 0x00050000 | errno.EPERM
ENOENT, ENOSYS, ENOTTY = (0x00050000 | number for number in (errno.ENOENT, errno.ENOSYS, errno.ENOTTY))
LOW = 2**32 - 1


# ---------------------------------------------------------------- the numbers


@lru_cache
def names_of_the_table() -> tuple[str, ...]:
    return tuple(line.split()[0] for line in kernel._TABLE.strip().splitlines())


def test_no_name_stands_twice_in_the_table():
    assert len(set(names_of_the_table())) == len(names_of_the_table())


def kernel_number(name: str, architecture: str) -> int | None:
    """The number in the kernel's own tables; None where the architecture has no such call."""
    try:
        return int(syscalls().get(name, PACKAGE_NAMES[architecture]))
    except NotSupportedSystemCall:
        return None


@pytest.mark.parametrize("architecture", kernel.ARCHITECTURES)
def test_the_numbers_are_those_of_the_kernel_s_own_tables_and_missing_where_they_have_none(architecture: str):
    ours = {name: kernel.NUMBERS[architecture].get(name) for name in names_of_the_table()}
    assert ours == {name: kernel_number(name, architecture) for name in names_of_the_table()}


def test_each_architecture_lacks_what_only_the_other_has():
    lacking = {a: {n for n in names_of_the_table() if n not in kernel.NUMBERS[a]} for a in kernel.ARCHITECTURES}
    assert lacking["x86_64"] == set()
    assert {"open", "stat", "fork", "vfork", "arch_prctl", "time", "getpgrp"} <= lacking["aarch64"]


# ---------------------------------------------------------------- the policy, as data

Test = tuple[int, int, int]
"""(argument, mask, value): the argument, as far as the mask goes, is the value"""

FREE_TEXT = """
    read write readv writev pread64 pwrite64 lseek sendfile copy_file_range ftruncate fallocate fadvise64 fsync
    fdatasync close close_range fstat pipe pipe2 dup dup2 dup3 poll ppoll select pselect6 eventfd2
    epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2

    mmap mprotect munmap mremap madvise brk msync rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend rt_sigtimedwait sigaltstack
    restart_syscall

    set_robust_list get_robust_list set_tid_address rseq membarrier arch_prctl getcpu exit exit_group

    sched_yield sched_getaffinity sched_getparam sched_getscheduler sched_get_priority_max
    sched_get_priority_min sched_rr_get_interval sched_getattr getpriority

    nanosleep clock_gettime clock_getres clock_nanosleep gettimeofday time times getitimer setitimer alarm

    getpid gettid getppid getuid geteuid getgid getegid getresuid getresgid getgroups getpgrp getpgid getsid
    capget uname sysinfo getrusage getrlimit getrandom getcwd umask
"""
"""What may be done with whatever arguments."""

NAMING_TEXT = """
    open openat creat stat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat getdents64
    chdir fchdir mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 link linkat truncate
    statfs fstatfs
"""
"""What names a file: left to Landlock, or answered as an empty disk would."""

IF: dict[str, list[tuple[Test, ...]]] = {
    "ioctl": [((1, LOW, request),) for request in (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)],
    "prctl": [((0, LOW, option),) for option in (3, 15, 16, 21, 23, 0x53564D41)],
    "fcntl": [((1, LOW, command),) for command in (0, 1, 2, 3, 4, 1030, 1031, 1032, 1034)],
    "clone": [((0, 0x10000, 0x10000),)],
    "futex": [((1, 128, 128),), *[((1, LOW, operation),) for operation in (0, 9, 265)]],
    "prlimit64": [((2, 2**64 - 1, 0),)],
    "tgkill": [((0, LOW, OWN), (2, LOW, signal)) for signal in range(65) if signal not in (9, 19)],
}
"""What may be done if all tests of one of these rows hold."""

OTHERWISE = {"ioctl": ENOTTY, "clone3": ENOSYS}
"""What is answered where EPERM would be read as something else. One filter of libseccomp has one answer for
whatever is not allowed, so this is said here for both."""

ELSEWHERE = KILL
"""What becomes of a process that makes a call of another architecture."""


@pytest.fixture(scope="module")
def library() -> ModuleType:
    """libseccomp, where it is installed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it starts another program to find the library
        try:
            import pyseccomp
        except (ImportError, RuntimeError) as error:
            pytest.skip(f"no libseccomp: {error}")
    return pyseccomp


def made_by_libseccomp(library: ModuleType, architecture: str, paths: bool) -> bytes:
    """The policy as libseccomp writes it down."""
    made = library.SyscallFilter(EPERM)
    native, wanted = library.system_arch(), AUDIT[architecture]
    if native != wanted:
        made.add_arch(wanted)
        made.remove_arch(native)
    made.set_attr(library.Attr.ACT_BADARCH, ELSEWHERE)
    for name in FREE_TEXT.split():
        made.add_rule(ALLOW, known(library, name))
    for name in NAMING_TEXT.split():
        made.add_rule(ALLOW if paths else ENOENT, known(library, name))
    for name, tests in IF.items():
        for row in tests:
            compared = [library.Arg(argument, library.MASKED_EQ, mask, value) for argument, mask, value in row]
            made.add_rule(ALLOW, known(library, name), *compared)
    with tempfile.TemporaryFile() as file:
        made.export_bpf(file)
        file.seek(0)
        return file.read()


def known(library: ModuleType, name: str) -> int:
    """What libseccomp calls a system call by; names that are not on this architecture have numbers below -1."""
    number = library.resolve_syscall(library.Arch.NATIVE, name)
    assert number != -1, f"this libseccomp does not know {name}"
    return int(number)


# ---------------------------------------------------------------- an interpreter

Instruction = tuple[int, int, int, int]
LOAD, RETURN, JUMP, EQUAL, GREATER, AT_LEAST, SET, AND = 0x20, 0x06, 0x05, 0x15, 0x25, 0x35, 0x45, 0x54


def read_program(code: bytes) -> list[Instruction]:
    return list(struct.iter_unpack("=HBBI", code))


def call_data(number: int, audit: int, arguments: tuple[int, ...] = ()) -> bytes:
    """What the kernel shows to a filter: number, architecture, where the call was made, six arguments."""
    padded = (*arguments, *(0,) * (6 - len(arguments)))
    return struct.pack("<IIQ6Q", number & LOW, audit, 0x7F0000001234, *padded)


def answer(program: list[Instruction], data: bytes) -> int:
    """What a program returns for one call."""
    accumulator = at = 0
    while True:
        operation, if_true, if_false, operand = program[at]
        at += 1
        if operation == EQUAL:
            at += if_true if accumulator == operand else if_false
        elif operation == AT_LEAST:
            at += if_true if accumulator >= operand else if_false
        elif operation == GREATER:
            at += if_true if accumulator > operand else if_false
        elif operation == SET:
            at += if_true if accumulator & operand else if_false
        elif operation == LOAD:
            assert operand % 4 == 0
            assert operand + 4 <= len(data)
            (accumulator,) = struct.unpack_from("<I", data, operand)
        elif operation == AND:
            accumulator &= operand
        elif operation == JUMP:
            at += operand
        elif operation == RETURN:
            return operand
        else:
            raise AssertionError(f"no instruction {operation:#x} is known")


def test_the_interpreter_follows_each_instruction():
    data = call_data(7, 9, (0x0000000500000006,))
    loads = [LOAD, 0, 0, 0], [LOAD, 0, 0, 4], [LOAD, 0, 0, 16], [LOAD, 0, 0, 20]
    for load, value in zip(loads, (7, 9, 6, 5), strict=True):
        for jump, operand, truth in (
            (EQUAL, value, True),
            (EQUAL, value + 1, False),
            (AT_LEAST, value, True),
            (AT_LEAST, value + 1, False),
            (GREATER, value - 1, True),
            (GREATER, value, False),
            (SET, value & -value, True),
            (SET, 2**31, False),
        ):
            program = [tuple(load), (jump, 1, 0, operand), (RETURN, 0, 0, 100), (RETURN, 0, 0, 200)]
            assert answer(program, data) == (200 if truth else 100)
    masked = [(LOAD, 0, 0, 0), (AND, 0, 0, 3), (EQUAL, 0, 1, 3), (JUMP, 0, 0, 1), (RETURN, 0, 0, 1), (RETURN, 0, 0, 2)]
    assert answer(masked, call_data(7, 9)) == 2
    assert answer(masked, call_data(6, 9)) == 1


# ---------------------------------------------------------------- the comparison

Call = tuple[int, int, tuple[int, ...]]
"""number, architecture, arguments"""

HIGH = 2**32
"""a bit of the upper half of an argument, which kernels look at only in some"""

TELLING: dict[str, list[tuple[int, ...]]] = {
    "clone": [
        (flags, 0, 0, 0, 0)
        for flags in (
            17,  # fork, as the C library makes it
            0x01200011,
            0x003D0F00,  # a thread, as the C library makes it
            0x10000,
            0x10000 | HIGH,
            0x10000 << 32,
            0x4111,  # vfork
            0x7E020000 | 17,  # namespaces
            0x7E030000,
            LOW & ~0x10000,
            2**64 - 1,
        )
    ],
    "ioctl": [
        (1, request, 0)
        for request in (*range(0x5400, 0x5480), 0, 0x8912, 0xC020660B, 0x9409, HIGH | 0x5401, HIGH | 0x5412, 0x54015401)
    ],
    "prctl": [
        (option, 1, 0, 0, 0)
        for option in (*range(80), 0x53564D41, 0x59616D61, HIGH | 15, HIGH | 22, 0x53564D41 << 32, LOW)
    ],
    "fcntl": [(3, command, 0) for command in (*range(48), *range(1020, 1045), HIGH, HIGH | 5, HIGH | 1024, LOW)],
    "prlimit64": [
        (process, 0, new, 0x7FFD00000000)
        for process in (0, OWN, 1)
        for new in (0, 1, LOW, HIGH, 0x7FFD00000000, 0x7FFD00001000, 2**63, 2**64 - 1)
    ],
    "tgkill": [
        (group, thread, signal)
        for group in (OWN, OWN + 1, 0, 1, LOW, HIGH | OWN, OWN << 32, 0x7E57AB1E)
        for thread in (OWN, OWN + 1, 1)
        for signal in (0, 6, 9, 10, 11, 15, 19, 20, 64)
    ],
    "futex": [(0x7FFD00000000, operation, 1) for operation in (*range(14), *range(128, 142), 256, 265, 393, 385)],
    "clone3": [(0x7FFD00000000, 88), (0, 0), (2**64 - 1, 0)],
}
GENERIC: list[tuple[int, ...]] = [(), (2**64 - 1,) * 6, (HIGH,) * 6, (1, 2, 3, 4, 5, 6)]


def all_calls(architecture: str) -> Iterator[Call]:
    """Every number from 0 to 600 and some far away, of both interfaces, with telling arguments; and of elsewhere."""
    audit, draw = AUDIT[architecture], random.Random(architecture)
    names = {number: name for name, number in kernel_numbers(architecture).items()}
    for number in (*range(601), 1000, 4095, 2**20, 2**30 - 1, 2**31, 2**32 - 2):
        arguments = GENERIC + TELLING.get(names.get(number, ""), [])
        arguments += [tuple(draw.getrandbits(64) for _ in range(6)) for _ in range(2)]
        yield from ((number, audit, given) for given in arguments)
    for number in range(601):
        yield 2**30 + number, audit, ()
    others = {name: value for name, value in {**AUDIT, **OTHER_AUDITS}.items() if value != audit}
    for other in others.values():
        yield from ((number, other, ()) for number in (*range(0, 601, 7), 2**30, 2**30 + 1, LOW))


@lru_cache
def kernel_numbers(architecture: str) -> dict[str, int]:
    """The numbers by name, from the kernel's tables and not from ours."""
    return dict(syscalls().load_arch_table(PACKAGE_NAMES[architecture]))


def expected(theirs: list[Instruction], architecture: str, call: Call) -> int:
    """What libseccomp's program answers, and what it has no words for."""
    number, audit, arguments = call
    if audit == AUDIT[architecture] == AUDIT["x86_64"] and number >= 2**30:
        return ENOSYS  # the x32 interface, which libseccomp takes for another architecture
    given = answer(theirs, call_data(number, audit, arguments))
    if audit == AUDIT[architecture] and given == EPERM:
        numbers = kernel_numbers(architecture)
        return {numbers[name]: action for name, action in OTHERWISE.items()}.get(number, EPERM)
    return given


def differences(library: ModuleType, architecture: str, paths: bool) -> list[str]:
    """Where our program answers something else than libseccomp's."""
    ours = read_program(seccomp.program(architecture, paths, OWN))
    theirs = read_program(made_by_libseccomp(library, architecture, paths))
    names = {number: name for name, number in kernel_numbers(architecture).items()}
    found = []
    for call in all_calls(architecture):
        number, audit, arguments = call
        got, due = answer(ours, call_data(number, audit, arguments)), expected(theirs, architecture, call)
        if got != due:
            found.append(f"{names.get(number, number)} {tuple(map(hex, arguments))} {audit:#x}: {got:#x}, not {due:#x}")
    return found


@pytest.mark.parametrize(("architecture", "paths"), VARIANTS)
def test_the_program_answers_every_call_as_libseccomp_s_does(library: ModuleType, architecture: str, paths: bool):
    assert differences(library, architecture, paths) == []


@pytest.mark.parametrize(("architecture", "paths"), VARIANTS)
def test_what_the_comparison_sees_is_not_one_answer_only(architecture: str, paths: bool):
    ours = read_program(seccomp.program(architecture, paths, OWN))
    given = {answer(ours, call_data(*call)) for call in all_calls(architecture)}
    assert given == {ALLOW, KILL, EPERM, ENOSYS, ENOTTY} | (set() if paths else {ENOENT})


# ---------------------------------------------------------------- planted faults

CHANGED = {
    "read is forgotten": ("ALWAYS", [n for n in seccomp.ALWAYS if n != "read"], "read"),
    "getrandom is forgotten": ("ALWAYS", [n for n in seccomp.ALWAYS if n != "getrandom"], "getrandom"),
    "openat is forgotten": ("PATHS", [n for n in seccomp.PATHS if n != "openat"], "openat"),
    "sockets are allowed": ("ALWAYS", (*seccomp.ALWAYS, "socket"), "socket"),
    "another program is allowed": ("ALWAYS", (*seccomp.ALWAYS, "execve"), "execve"),
    "clone is allowed as such": ("ALWAYS", (*seccomp.ALWAYS, "clone"), "clone"),
    "any signal is allowed": ("ALWAYS", (*seccomp.ALWAYS, "tgkill"), "tgkill"),
    "limits may be set": ("ALWAYS", (*seccomp.ALWAYS, "prlimit64"), "prlimit64"),
    "any process is a thread": ("CLONE_THREAD", 0x10000 | 17, "clone"),
    "typing into a terminal": ("ONE_OF", seccomp.ONE_OF | {"ioctl": (1, (0x5412,), errno.ENOTTY)}, "ioctl"),
    "another answer": ("ONE_OF", seccomp.ONE_OF | {"ioctl": (*seccomp.ONE_OF["ioctl"][:2], errno.EPERM)}, "ioctl"),
    "another argument": ("ONE_OF", seccomp.ONE_OF | {"fcntl": (0, *seccomp.ONE_OF["fcntl"][1:])}, "fcntl"),
}
"""what is wrong -> a name in `seccomp`, what it is set to, and the call whose answers then differ"""


@pytest.mark.parametrize("fault", CHANGED)
@pytest.mark.parametrize("architecture", kernel.ARCHITECTURES)
def test_a_policy_that_was_changed_is_noticed(
    library: ModuleType, monkeypatch: pytest.MonkeyPatch, architecture: str, fault: str
):
    name, value, noticed = CHANGED[fault]
    monkeypatch.setattr(seccomp, name, value)
    assert {line.split()[0] for line in differences(library, architecture, True)} == {noticed}


def test_a_wrong_number_is_noticed(library: ModuleType, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(kernel.NUMBERS["x86_64"], "getpid", 41)
    found = differences(library, "x86_64", True)
    assert {line.split()[0] for line in found} == {"getpid", "socket"}


@pytest.mark.parametrize("half", ["low", "high"])
def test_half_a_look_at_a_pointer_is_noticed(library: ModuleType, monkeypatch: pytest.MonkeyPatch, half: str):
    """A new limit is a pointer of 64 bits: the program must look at both halves."""
    code = read_program(seccomp.program("x86_64", True, OWN))
    low_half = [(LOAD, 0, 0, 32), (EQUAL, 0, 2, 0)]
    place = next(at for at in range(len(code)) if code[at : at + 2] == low_half)
    test = place + (1 if half == "low" else 3)
    assert code[test][0] == EQUAL
    code[test] = (EQUAL, 1, 1, 0) if half == "high" else (EQUAL, 0, 0, 0)
    planted = b"".join(struct.pack("=HBBI", *row) for row in code)
    monkeypatch.setattr(seccomp, "program", lambda *_: planted)
    found = differences(library, "x86_64", True)
    assert {line.split()[0] for line in found} == {"prlimit64"}


# ---------------------------------------------------------------- a program that any kernel takes


@pytest.mark.parametrize(("architecture", "paths"), VARIANTS)
def test_every_jump_stays_inside_and_every_load_is_of_a_word_that_is_there(architecture: str, paths: bool):
    code = seccomp.program(architecture, paths, OWN)
    program = read_program(code)
    assert len(code) == 8 * len(program)
    assert len(program) <= 4096
    for at, (operation, if_true, if_false, operand) in enumerate(program):
        assert operation in (LOAD, RETURN, EQUAL, GREATER, AT_LEAST, SET)
        if operation == LOAD:
            assert operand % 4 == 0
            assert operand <= 60
        elif operation != RETURN:
            assert at + 1 + max(if_true, if_false) < len(program)
    assert program[-1] == (RETURN, 0, 0, EPERM)


@pytest.mark.parametrize(("architecture", "paths"), VARIANTS)
def test_every_instruction_can_be_reached(architecture: str, paths: bool):
    program = read_program(seccomp.program(architecture, paths, OWN))
    reached, waiting = set(), [0]
    while waiting:
        at = waiting.pop()
        if at in reached:
            continue
        reached.add(at)
        operation, if_true, if_false, _ = program[at]
        if operation == LOAD:
            waiting.append(at + 1)
        elif operation != RETURN:
            waiting += [at + 1 + if_true, at + 1 + if_false]
    assert reached == set(range(len(program)))


WORDS = st.one_of(st.integers(0, 2**64 - 1), st.integers(0, 0x6000), st.just(OWN))


@pytest.mark.parametrize(("architecture", "paths"), VARIANTS)
@settings(max_examples=200)
@given(
    number=st.one_of(st.integers(0, 600), st.integers(0, LOW), st.integers(2**30, 2**30 + 600)),
    elsewhere=st.none() | st.integers(0, LOW),
    arguments=st.lists(WORDS, min_size=6, max_size=6),
)
def test_whatever_is_called_there_is_an_answer_from_the_list(architecture, paths, number, elsewhere, arguments):
    program = read_program(seccomp.program(architecture, paths, OWN))
    audit = AUDIT[architecture] if elsewhere is None else elsewhere
    given_answer = answer(program, call_data(number, audit, tuple(arguments)))
    if audit != AUDIT[architecture]:
        assert given_answer == KILL
    else:
        assert given_answer in (ALLOW, EPERM, ENOENT, ENOSYS, ENOTTY)


# ---------------------------------------------------------------- the filter that a zygote prepares

PREPARE = """
import json, sys
from grader.sandbox.inside import lock
try:
    made = lock.prepare(True, (), json.loads(sys.argv[1]))
    print(json.dumps([made.filter.hex(), made.words()]))
except lock.LockError as error:
    print(json.dumps([str(error), None]))
"""
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")}


@on_linux
@pytest.mark.parametrize("landlocked", [False, True])
def test_a_prepared_filter_has_one_place_for_the_number_of_the_process(landlocked: bool):
    made = subprocess.run(
        [sys.executable, "-c", PREPARE, json.dumps(landlocked)],
        env=os.environ | ONE_THREAD,
        capture_output=True,
        text=True,
        check=True,
    )
    text, words = json.loads(made.stdout)
    if words is None:
        pytest.skip(text)
    prepared = bytes.fromhex(text)
    assert prepared.count(lock._word(lock._PLACEHOLDER)) == 1
    machine = kernel.architecture()
    for number in (1, 2, 77, 4242, 2**22):
        filled = prepared.replace(lock._word(lock._PLACEHOLDER), lock._word(number))
        assert filled == seccomp.program(machine, landlocked, number)
    assert words["system calls"] == f"seccomp, {len(prepared) // 8} instructions, an allow-list"


@pytest.mark.parametrize(("architecture", "paths"), VARIANTS)
def test_the_placeholder_is_nothing_else_in_any_program(architecture: str, paths: bool):
    assert seccomp.program(architecture, paths, lock._PLACEHOLDER).count(lock._word(lock._PLACEHOLDER)) == 1
    assert lock._word(lock._PLACEHOLDER) not in seccomp.program(architecture, paths, OWN)
