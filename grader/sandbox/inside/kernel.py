"""System calls that Python has no function for, by their numbers, through ctypes. Linux, 64 bit, two architectures."""

from __future__ import annotations

import ctypes
import functools
import os
import struct
from typing import Any

ARCHITECTURES = ("x86_64", "aarch64")

# name, number on x86_64, number on aarch64; - where the architecture has no such call.
_TABLE = """
read 0 63
write 1 64
readv 19 65
writev 20 66
pread64 17 67
pwrite64 18 68
close 3 57
fstat 5 80
lseek 8 62
mmap 9 222
mprotect 10 226
munmap 11 215
mremap 25 216
madvise 28 233
brk 12 214
msync 26 227
rt_sigaction 13 134
rt_sigprocmask 14 135
rt_sigreturn 15 139
rt_sigpending 127 136
rt_sigsuspend 130 133
rt_sigtimedwait 128 137
sigaltstack 131 132
futex 202 98
set_robust_list 273 99
get_robust_list 274 100
set_tid_address 218 96
rseq 334 293
membarrier 324 283
sched_yield 24 124
sched_getaffinity 204 123
sched_getparam 143 121
sched_getscheduler 145 120
sched_get_priority_max 146 125
sched_get_priority_min 147 126
sched_rr_get_interval 148 127
sched_getattr 315 275
getpriority 140 141
nanosleep 35 101
clock_gettime 228 113
clock_getres 229 114
clock_nanosleep 230 115
gettimeofday 96 169
time 201 -
times 100 153
getitimer 36 102
setitimer 38 103
alarm 37 -
getpid 39 172
gettid 186 178
getppid 110 173
getuid 102 174
geteuid 107 175
getgid 104 176
getegid 108 177
getresuid 118 148
getresgid 120 150
getgroups 115 158
getpgrp 111 -
getpgid 121 155
getsid 124 156
uname 63 160
sysinfo 99 179
getrusage 98 165
getrlimit 97 163
getrandom 318 278
pipe 22 -
pipe2 293 59
dup 32 23
dup2 33 -
dup3 292 24
poll 7 -
ppoll 271 73
select 23 -
pselect6 270 72
epoll_create 213 -
epoll_create1 291 20
epoll_ctl 233 21
epoll_wait 232 -
epoll_pwait 281 22
epoll_pwait2 441 441
eventfd2 290 19
umask 95 166
exit 60 93
exit_group 231 94
restart_syscall 219 128
arch_prctl 158 -
capget 125 90
getcpu 309 168
sendfile 40 71
copy_file_range 326 285
ftruncate 77 46
fallocate 285 47
fadvise64 221 223
fsync 74 82
fdatasync 75 83
close_range 436 436
getcwd 79 17
open 2 -
openat 257 56
stat 4 -
lstat 6 -
newfstatat 262 79
statx 332 291
access 21 -
faccessat 269 48
faccessat2 439 439
readlink 89 -
readlinkat 267 78
getdents64 217 61
chdir 80 49
fchdir 81 50
mkdir 83 -
mkdirat 258 34
rmdir 84 -
unlink 87 -
unlinkat 263 35
rename 82 -
renameat 264 38
renameat2 316 276
link 86 -
linkat 265 37
truncate 76 45
statfs 137 43
fstatfs 138 44
creat 85 -
clone 56 220
clone3 435 435
ioctl 16 29
prctl 157 167
prlimit64 302 261
fcntl 72 25
tgkill 234 131
capset 126 91
seccomp 317 277
landlock_create_ruleset 444 444
landlock_add_rule 445 445
landlock_restrict_self 446 446
socket 41 198
socketpair 53 199
connect 42 203
ptrace 101 117
process_vm_readv 310 270
pidfd_open 434 434
unshare 272 97
shmget 29 194
shmctl 31 195
io_uring_setup 425 425
memfd_create 319 279
keyctl 250 219
execve 59 221
fork 57 -
vfork 58 -
setrlimit 160 164
userfaultfd 323 282
bpf 321 280
mount 165 40
"""

NUMBERS: dict[str, dict[str, int]] = {architecture: {} for architecture in ARCHITECTURES}
"""The numbers of the system calls that this room speaks of, by architecture and name."""

for _line in _TABLE.strip().splitlines():
    _name, *_numbers = _line.split()
    for _architecture, _number in zip(ARCHITECTURES, _numbers, strict=True):
        if _number != "-":
            NUMBERS[_architecture][_name] = int(_number)


@functools.cache
def architecture() -> str:
    """The architecture that this process runs on, or nothing if it is none that this room knows."""
    machine = os.uname().machine if hasattr(os, "uname") else ""
    return machine if machine in ARCHITECTURES and struct.calcsize("P") == 8 else ""


_libc: Any = None


def call(name: str, *arguments: int | bytes | ctypes.Array[Any] | ctypes.Structure | None) -> int:
    """Make a system call. Buffers and structures are given by address. Raises OSError with its error number."""
    global _libc
    if _libc is None:
        _libc = ctypes.CDLL(None, use_errno=True)
        _libc.syscall.restype = ctypes.c_long
    given: list[Any] = [ctypes.c_long(NUMBERS[architecture()][name])]
    for argument in arguments:
        if isinstance(argument, int):
            given.append(ctypes.c_long(argument))
        elif isinstance(argument, ctypes.Structure | ctypes.Array):
            given.append(ctypes.byref(argument))
        else:
            given.append(ctypes.c_char_p(argument))
    result = int(_libc.syscall(*given))
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), name)
    return result


PR_SET_PDEATHSIG, PR_GET_DUMPABLE, PR_SET_DUMPABLE = 1, 3, 4
PR_SET_NAME, PR_GET_NAME, PR_GET_SECCOMP, PR_CAPBSET_READ = 15, 16, 21, 23
PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS, PR_SET_VMA = 38, 39, 0x53564D41


def prctl(option: int, value: int = 0) -> int:
    """prctl(2) of an option that takes one number."""
    return call("prctl", option, value, 0, 0, 0)


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


def drop_capabilities() -> None:
    """Give up every capability of this thread."""
    call("capset", _CapabilityHeader(0x20080522, 0), (ctypes.c_uint32 * 6)())


def capabilities() -> int:
    """The permitted and effective capabilities of this thread, as one number; 0 is none."""
    sets = (ctypes.c_uint32 * 6)()
    call("capget", _CapabilityHeader(0x20080522, 0), sets)
    return sets[0] | sets[1] | sets[3] | sets[4]
