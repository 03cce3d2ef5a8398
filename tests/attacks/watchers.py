"""What an attack must not reach: a server on each kind of socket, a terminal, and a process that minds its own business."""

from __future__ import annotations

import os
import pty
import resource
import socket
import subprocess
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

_LIMITS = [number for name, number in vars(resource).items() if name.startswith("RLIMIT_")]


class Listeners:
    """Servers on TCP, UDP, an abstract and a named unix socket; they note whoever speaks to them."""

    def __init__(self, folder: Path) -> None:
        self.path = str(folder / "socket")
        self.abstract = f"world-{os.getpid()}-{os.urandom(4).hex()}"
        self.heard: list[tuple[str, str]] = []
        """(the server, what was said)"""
        self._sockets: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self.port = self._serve("TCP", socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0))[1]
        self._serve("UDP", socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", self.port))
        self._serve("an abstract unix socket", socket.AF_UNIX, socket.SOCK_STREAM, f"\0{self.abstract}")
        self._serve("a named unix socket", socket.AF_UNIX, socket.SOCK_STREAM, self.path)

    def _serve(self, name: str, family: int, kind: int, address: Any) -> Any:
        server = socket.socket(family, kind)
        server.bind(address)
        if kind == socket.SOCK_STREAM:
            server.listen(64)
        self._sockets.append(server)
        thread = threading.Thread(target=self._listen, args=(name, server, kind), daemon=True)
        self._threads.append(thread)
        thread.start()
        return server.getsockname()

    def _listen(self, name: str, server: socket.socket, kind: int) -> None:
        while True:
            try:
                if kind == socket.SOCK_DGRAM:
                    self._note(name, server.recv(1000))
                    continue
                connection, _ = server.accept()
                with connection:
                    connection.settimeout(1.0)
                    self._note(name, connection.recv(1000))
            except TimeoutError:
                self._note(name, b"nothing")
            except OSError:
                return

    def _note(self, name: str, words: bytes) -> None:
        self.heard.append((name, words.decode("utf-8", "backslashreplace") or "a connection"))

    def __enter__(self) -> Listeners:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for server in self._sockets:
            with server:
                try:
                    server.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue


class Terminal:
    """A terminal of the teacher's; what is written to it is kept."""

    def __init__(self) -> None:
        self._ours, self._theirs = pty.openpty()
        os.set_blocking(self._ours, False)
        self.path = os.ttyname(self._theirs)

    def text(self) -> str:
        """What was written, or typed, by somebody."""
        try:
            return os.read(self._ours, 10000).decode("utf-8", "backslashreplace")
        except BlockingIOError:
            return ""

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        os.close(self._ours)
        os.close(self._theirs)


class Victim:
    """A process of the same user, with a secret in its environment and another in a file that it has open."""

    def __init__(self, file: Path, canary: str) -> None:
        self.canary = canary
        with file.open("rb") as opened:
            self._process = subprocess.Popen(
                ["sleep", "1000"],
                env={"PATH": "/usr/local/bin:/usr/bin:/bin", "SECRET": canary},
                stdin=opened,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        self.pid = self._process.pid

    @property
    def environment(self) -> tuple[int, int]:
        """Where in its memory its environment begins and ends."""
        while "sleep" not in (stat := Path(f"/proc/{self.pid}/stat").read_text()):
            continue  # it is not yet what it is to be
        numbers = stat.rpartition(")")[2].split()
        return int(numbers[47]), int(numbers[48])

    def state(self) -> dict[str, object]:
        """Everything about it that is to stay as it is."""
        if self._process.poll() is not None:
            return dict.fromkeys(("state", "nice", "processors", "score", "limits"), "gone")
        state = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0]
        return {
            "state": "stopped" if state in "Tt" else "running",
            "nice": os.getpriority(os.PRIO_PROCESS, self.pid),
            "processors": sorted(os.sched_getaffinity(self.pid)),
            "score": Path(f"/proc/{self.pid}/oom_score_adj").read_text().strip(),
            "limits": str([resource.prlimit(self.pid, limit) for limit in _LIMITS]),
        }

    def end(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
