"""Real attempts to break out of a locked child. Each must fail; a lock that was applied proves nothing yet.

An attempt returns if it succeeded, with what it got, and raises if it was stopped.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import signal
import socket
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from . import kernel

try:
    import resource
except ImportError:  # not on this system, and nothing is probed there
    resource = None  # type: ignore[assignment]

BLOCKED = "blocked"
_INTERNET, _UNIX, _NETLINK, _PACKET, _ALG, _VSOCK = 2, 1, 16, 17, 38, 40  # families, which not every system names
_REFUSALS = (errno.EPERM, errno.EACCES, errno.ENOENT, errno.EROFS, errno.ENOSYS)
"""what a lock answers; any other error is that of a system which set about it"""
_OWN_DESCRIPTORS = 5
"""three that lead nowhere, its answers, its traceback"""


def attempt_all(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The name of each attempt, and "blocked (why)" or what it got. `facts` tells where there is something to get."""
    for name, attempt in _ATTEMPTS.items():
        try:
            got = attempt(facts)
        except OSError as error:
            code = errno.errorcode.get(error.errno or 0, str(error.errno))
            stopped = error.errno in _REFUSALS
            yield name, f"{BLOCKED} ({code})" if stopped else f"SUCCEEDED: it was tried, and failed with {code}"
        except (ImportError, MemoryError, ValueError) as error:
            yield name, f"{BLOCKED} ({type(error).__name__})"
        else:
            yield name, f"SUCCEEDED: {got}"


def _read_secret(facts: dict[str, Any]) -> str:
    return _raw_read(facts["secret"])


def _raw_read(path: str) -> str:
    with os.fdopen(os.open(path, os.O_RDONLY), "rb") as file:
        return f"{len(file.read(100))} bytes of {path}"


def _write_outside(facts: dict[str, Any]) -> str:
    os.close(os.open(facts["outside"], os.O_WRONLY | os.O_CREAT))
    return f"wrote {facts['outside']}"


def _write_library(_: dict[str, Any]) -> str:
    folder = os.path.dirname(np.__file__)
    os.close(os.open(os.path.join(folder, "written-by-a-probe"), os.O_WRONLY | os.O_CREAT))
    return f"wrote into {folder}"


def _parents_environment(_: dict[str, Any]) -> str:
    return _raw_read(f"/proc/{os.getppid()}/environ")


def _connect(family: int) -> Callable[[dict[str, Any]], str]:
    def attempt(facts: dict[str, Any]) -> str:
        address = ("127.0.0.1", facts["port"]) if family == _INTERNET else facts["abstract"]
        with socket.socket(family, socket.SOCK_STREAM) as out:
            out.connect(address)
        return f"connected to {address!r}"

    return attempt


def _socket(_: dict[str, Any]) -> str:
    socket.socket(_INTERNET, socket.SOCK_STREAM).close()
    return "a socket, if not yet a connection"


def _other_socket(_: dict[str, Any]) -> str:
    refused: OSError | None = None
    for family in (_VSOCK, _NETLINK, _ALG, _PACKET):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
            try:
                socket.socket(family, kind).close()
            except OSError as error:
                refused = refused if refused and refused.errno == errno.EPERM else error
            else:
                return f"a socket of the family {family}"
    assert refused is not None
    raise refused


def _fork(_: dict[str, Any]) -> str:
    child = os.fork()
    if child == 0:
        os._exit(0)
    return "another process"


def _signal_parent(_: dict[str, Any]) -> str:
    os.kill(os.getppid(), 0)
    return "the parent can be sent signals"


def _own_fork(_: dict[str, Any]) -> str:
    if "fork" not in kernel.NUMBERS[kernel.architecture()]:
        raise OSError(errno.ENOSYS, "no such call")
    if kernel.call("fork") == 0:
        os._exit(0)
    return "another process, by the call that has this name"


def _raise_limit(_: dict[str, Any]) -> str:
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft - 1, hard))
    return "a limit was changed"


def _system_call(name: str, *arguments: Any) -> Callable[[dict[str, Any]], str]:
    def attempt(_: dict[str, Any]) -> str:
        given = [os.getppid() if argument == "parent" else argument for argument in arguments]
        return f"{name} gave {kernel.call(name, *given)}"

    return attempt


def _thread_free_clone(_: dict[str, Any]) -> str:
    made = kernel.call("clone", int(signal.SIGCHLD), 0, 0, 0, 0)
    if made == 0:
        os._exit(0)
    return "another process, by clone"


def _open_descriptors(facts: dict[str, Any]) -> str:
    found = []
    for descriptor in range(64):
        try:
            os.get_blocking(descriptor)  # also where fstat is not to be had
        except OSError:
            continue
        found.append(descriptor)
    if len(found) > _OWN_DESCRIPTORS:
        return f"descriptors {found}"
    raise PermissionError(errno.ENOENT, "nothing but its own")


def _shared_memory(_: dict[str, Any]) -> str:
    segment = kernel.call("shmget", 0, 4096, 0o1600)
    with contextlib.suppress(OSError):
        kernel.call("shmctl", segment, 0, 0)  # which removes it
    return "a segment of shared memory"


def _be_root(_: dict[str, Any]) -> str:
    if os.geteuid() == 0 and kernel.capabilities():
        return "it is root"
    os.setuid(0)
    return "it became root"


def _memory(_: dict[str, Any]) -> str:
    return f"{np.empty(2**27).nbytes} bytes of memory"


def _foreign_interface(_: dict[str, Any]) -> str:
    """A call with the bit of the x32 interface, where there is one."""
    if kernel.architecture() != "x86_64":
        raise OSError(errno.ENOSYS, "no such interface")
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    if libc.syscall(ctypes.c_long(0x40000000 + 39)) < 0:
        raise OSError(ctypes.get_errno(), "x32")
    return "calls of the x32 interface"


_ATTEMPTS: dict[str, Callable[[dict[str, Any]], str]] = {
    "read a file outside": _read_secret,
    "write a file outside": _write_outside,
    "write into an installed package": _write_library,
    "read the parent's environment": _parents_environment,
    "read a file of the kernel": lambda _: _raw_read("/proc/version"),
    "open a socket": _socket,
    "connect to a port of this machine": _connect(_INTERNET),
    "connect to an abstract unix socket": _connect(_UNIX),
    "open a socket of another family": _other_socket,
    "open a pair of sockets": lambda _: str(socket.socketpair()),
    "fork": _fork,
    "fork by its own call": _own_fork,
    "clone a process": _thread_free_clone,
    "run another program": lambda _: str(os.execv("/bin/true", ["true"])),
    "send the parent a signal": _signal_parent,
    "send the parent's thread a signal": _system_call("tgkill", "parent", "parent", 0),
    "trace the parent": _system_call("ptrace", 16, "parent", 0, 0),
    "read the parent's memory": _system_call("process_vm_readv", "parent", 0, 0, 0, 0, 0),
    "hold the parent by a descriptor": _system_call("pidfd_open", "parent", 0),
    "make a namespace of its own": _system_call("unshare", 0x10000000),
    "mount": _system_call("mount", b"none", b"/", b"tmpfs", 0, 0),
    "change a limit": _raise_limit,
    "shared memory": _shared_memory,
    "a file in memory": _system_call("memfd_create", b"probe", 0),
    "an io_uring": _system_call("io_uring_setup", 4, 0),
    "a kernel key ring": _system_call("keyctl", 0, -3, 1, 0, 0),
    "a program in the kernel": _system_call("bpf", 0, 0, 0),
    "calls of another interface": _foreign_interface,
    "descriptors of others": _open_descriptors,
    "become root": _be_root,
    "a gigabyte of memory": _memory,
}

COUNT = len(_ATTEMPTS)
