"""The system calls that student code may make: an allow-list, as a program that the kernel runs at every call.

What is not listed fails with EPERM. Another architecture's calls end the process. With `paths`, calls that name a
file are let through, for Landlock to judge; without, they answer ENOENT, as an empty disk would ("no-open").
"""

from __future__ import annotations

import ctypes
import errno
import signal
import struct
from typing import Any

from . import kernel

_ALWAYS_TEXT = """
    read write readv writev pread64 pwrite64 close fstat lseek sendfile copy_file_range ftruncate fallocate
    fadvise64 fsync fdatasync close_range pipe pipe2 dup dup2 dup3 poll ppoll select pselect6 eventfd2 umask
    getcwd epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 mmap mprotect munmap mremap
    madvise brk msync rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend
    rt_sigtimedwait sigaltstack restart_syscall set_robust_list get_robust_list set_tid_address rseq
    membarrier exit exit_group arch_prctl getcpu sched_yield sched_getaffinity sched_getparam sched_getscheduler
    sched_get_priority_max sched_get_priority_min sched_rr_get_interval sched_getattr getpriority nanosleep
    clock_gettime clock_getres clock_nanosleep gettimeofday time times getitimer setitimer alarm getpid gettid
    getppid getuid geteuid getgid getegid getresuid getresgid getgroups getpgrp getpgid getsid capget uname
    sysinfo getrusage getrlimit getrandom
"""
ALWAYS = tuple(_ALWAYS_TEXT.split())
"""Calls on what the process has already, and questions about itself."""

_PATHS_TEXT = """
    open openat creat stat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat getdents64
    chdir fchdir mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 link linkat truncate statfs
    fstatfs
"""
PATHS = tuple(_PATHS_TEXT.split())
"""Calls that name a file, or list a folder."""

CLONE_THREAD = 0x10000
_FUTEX_PRIVATE, _FUTEX_WAITS = 128, (0, 9, 9 | 256)
_IOCTLS = (0x5450, 0x5451, 0x5421, 0x541B, 0x5401, 0x5413)
"""FIONCLEX, FIOCLEX, FIONBIO, FIONREAD, TCGETS, TIOCGWINSZ: about a descriptor, never into a terminal."""
_PRCTLS = (
    kernel.PR_SET_NAME,
    kernel.PR_GET_NAME,
    kernel.PR_SET_VMA,
    kernel.PR_CAPBSET_READ,
    kernel.PR_GET_DUMPABLE,
    kernel.PR_GET_SECCOMP,
)
_FCNTLS = (0, 1, 2, 3, 4, 1030, 1031, 1032, 1034)
"""DUPFD, GETFD, SETFD, GETFL, SETFL, DUPFD_CLOEXEC, SETPIPE_SZ, GETPIPE_SZ, GET_SEALS: no lock, no lease."""

ONE_OF = {
    "ioctl": (1, _IOCTLS, errno.ENOTTY),
    "prctl": (0, _PRCTLS, errno.EPERM),
    "fcntl": (1, _FCNTLS, errno.EPERM),
}
"""name: which argument (32 bits of it) must be one of which numbers, and what the call answers if it is not."""

ALLOW, KILL, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32 = 0x40000000
_LOAD, _RETURN, _EQUAL, _AT_LEAST, _SET = 0x20, 0x06, 0x15, 0x35, 0x45
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_INSTRUCTION = struct.Struct("=HBBI")
_Code = list[tuple[int, int, int, int]]
"""instructions: what to do, how many to skip if it is so, and if not, a number"""


def program(architecture: str, paths: bool, process: int) -> bytes:
    """The filter for one process (its own number, the only one that it may send a signal to), ready for the kernel."""
    numbers = kernel.NUMBERS[architecture]
    code: _Code = [
        _load(_ARCHITECTURE),
        (_EQUAL, 1, 0, _AUDIT[architecture]),
        _give(KILL),
        _load(_NUMBER),
    ]
    if architecture == "x86_64":  # the calls of the x32 interface wear this bit
        code += [(_AT_LEAST, 0, 1, _X32), _give(ERRNO | errno.ENOSYS)]
    answers = {numbers[name]: block for name, block in _looked_into(process).items()}
    by_path = _give(ALLOW) if paths else _give(ERRNO | errno.ENOENT)
    for names, answer in ((ALWAYS, _give(ALLOW)), (PATHS, by_path)):
        answers |= {numbers[name]: [answer] for name in names if name in numbers}
    code += _search(_ranges(answers, [_give(ERRNO | errno.EPERM)]))
    return b"".join(_INSTRUCTION.pack(*instruction) for instruction in code)


def _looked_into(process: int) -> dict[str, _Code]:
    """The calls whose arguments decide."""
    blocks: dict[str, _Code] = {}
    for name, (place, values, otherwise) in ONE_OF.items():
        tests = [(_EQUAL, len(values) - at, 0, value) for at, value in enumerate(values)]
        blocks[name] = [_load(_low(place)), *tests, _give(ERRNO | otherwise), _give(ALLOW)]
    blocks["clone"] = [_load(_low(0)), (_SET, 1, 0, CLONE_THREAD), _give(ERRNO | errno.EPERM), _give(ALLOW)]
    blocks["futex"] = [  # within the process; and waiting for a thread to end. No waking of others by a shared page
        _load(_low(1)),
        (_SET, 4, 0, _FUTEX_PRIVATE),
        *[(_EQUAL, 3 - at, 0, value) for at, value in enumerate(_FUTEX_WAITS)],
        _give(ERRNO | errno.EPERM),
        _give(ALLOW),
    ]
    blocks["clone3"] = [_give(ERRNO | errno.ENOSYS)]  # its flags lie in memory; the C library uses clone
    blocks["prlimit64"] = [  # to ask, not to set: the new limit must be a null pointer
        _load(_low(2)),
        (_EQUAL, 0, 2, 0),
        _load(_low(2) + 4),
        (_EQUAL, 1, 0, 0),
        _give(ERRNO | errno.EPERM),
        _give(ALLOW),
    ]
    blocks["tgkill"] = [  # to itself; but to be killed or stopped is for the grader
        _load(_low(0)),
        (_EQUAL, 0, 3, process),
        _load(_low(2)),
        (_EQUAL, 1, 0, signal.SIGKILL),
        (_EQUAL, 0, 1, signal.SIGSTOP),
        _give(ERRNO | errno.EPERM),
        _give(ALLOW),
    ]
    return blocks


def _load(offset: int) -> tuple[int, int, int, int]:
    return _LOAD, 0, 0, offset


def _give(action: int) -> tuple[int, int, int, int]:
    return _RETURN, 0, 0, action


def _low(argument: int) -> int:
    """Where the low half of an argument lies; both architectures are little-endian."""
    return _ARGUMENTS + 8 * argument


def _ranges(answers: dict[int, _Code], otherwise: _Code) -> list[tuple[int, _Code]]:
    """The first number of each range of calls that are answered alike, and the answer; from 0 on, without a gap."""
    found: list[tuple[int, _Code]] = [(0, answers.get(0, otherwise))]
    for number in sorted({*answers, *(number + 1 for number in answers)}):
        answer = answers.get(number, otherwise)
        if answer != found[-1][1]:
            found.append((number, answer))
    return found


def _search(ranges: list[tuple[int, _Code]]) -> _Code:
    """Find the answer by halves: the kernel tries every number when the filter is put on, and others at each call."""
    if len(ranges) == 1:
        return ranges[0][1]
    half = len(ranges) // 2
    below = _search(ranges[:half])
    return [(_AT_LEAST, len(below), 0, ranges[half][0]), *below, *_search(ranges[half:])]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


SET_MODE_FILTER, FLAG_TSYNC = 1, 1


def install(code: bytes) -> None:
    """Put the filter on every thread of this process, for good. Raises OSError."""
    buffer: Any = ctypes.create_string_buffer(code, len(code))
    fprog = _Program(len(code) // _INSTRUCTION.size, ctypes.addressof(buffer))
    if kernel.call("seccomp", SET_MODE_FILTER, FLAG_TSYNC, fprog):
        raise OSError(errno.EAGAIN, "a thread could not be brought under the filter")
