"""What the child does: read one request, be locked, load the student's file, call its functions, answer in frames.

Standard input holds the request, standard output is the file of answers; both are put out of the student's reach by
name (`print` goes nowhere, `input` finds the end of a file). Before READY every failure is the grader's, after it the
student's.
"""

from __future__ import annotations

import builtins
import contextlib
import faulthandler
import importlib
import io
import itertools
import os
import sys
from _thread import stack_size
from collections.abc import Callable
from typing import Any

import numpy as np

from . import lock, probes, seeding, wire, words
from .binding import bind, decorated
from .calls import Calls, Given
from .objects import NotThereError, Objects
from .program import FILE_NAME, Program, UnreadableError, describe, line_of
from .returned import as_array
from .words import Words, flat

try:
    import signal

    _ASK_WHERE = signal.SIGUSR1
except (ImportError, AttributeError):  # not on this system
    _ASK_WHERE = None  # type: ignore[assignment]


_SMALL = 2**15
"""Bytes of the largest array that a rubric's largest dimensions can ask for: 64 times 64 numbers."""

_REHEARSAL = """
import numpy as np
def play(x=0):
    a = np.array(x, dtype=float)
    try:
        v = a.reshape(-1)
        b = np.outer(v, v) @ v + np.dot(v, v) * v.T - np.sum(a) / np.maximum(a.max(), 1)
        c = np.zeros(b.shape) + np.zeros_like(b) + np.where(b > 0, 1.0, 0.0) + np.exp(-np.abs(b)) + (b > 0)
        c[0] -= 1
        c = c.copy() + np.eye(1) @ np.ones((1, 1)) + np.mean(c, axis=0, keepdims=True)
        for i in range(2):
            c[i] = float(c[i])
    except (ValueError, IndexError):
        pass
    return a
"""
"""What students' functions are made of."""

_REHEARSED = 400
"""calls, of all functions in equal parts; more make nothing warmer"""


class _Answers:
    """The way back to the grader."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._left = lock.MAX_FILE_BYTES // 2
        """how many bytes of large arrays there is room for"""

    def has_room(self, array: np.ndarray[Any, Any]) -> bool:
        """Whether a large array can be sent: of a size that nobody asked for, a few are."""
        fits = array.nbytes <= self._left
        self._left -= array.nbytes if fits else 0
        return fits

    def send(self, kind: int, number: int = 0, payload: bytes = b"") -> None:
        """Write one frame, whole."""
        self.write(wire.frame(kind, number, payload))

    def write(self, frame: bytes) -> None:
        """Write a frame that is ready."""
        while len(frame) > (written := os.write(self._descriptor, frame)):
            frame = frame[written:]


class _Request:
    """What the grader asked for: a file, what to leave out of it, and which calls, if not all."""

    def __init__(self, data: bytes, calls: Calls | None) -> None:
        header, rest = wire.unpack_table(data)
        size = header["source_bytes"]
        self.source = rest[:size].tobytes()
        self.left_out = frozenset(header["left_out"])
        self.notebook: bool = header["notebook"]
        self.files: list[list[Any]] = header["files"]
        self.reload: bool = header["reload"]
        self.memory_mb: int = header["memory_mb"]
        self.cpu_seconds: float = header["cpu_seconds"]
        self.probe: dict[str, Any] | None = header["probe"]
        calls = Calls(rest[size:]) if calls is None or header["brings_calls"] else calls
        versions: list[str] | None = header["versions"]
        self.calls = calls if versions is None else calls.repeated(versions)
        only: list[int] | None = header["only"]
        self.only = range(len(self.calls.functions)) if only is None else only


def main(locks: lock.Lock, parent: int, ready: int | None, calls: Calls | None) -> None:
    """Serve the one request on standard input, then end.

    The request brings the calls, unless they are here already. `ready` is a descriptor for the word that the student's
    file comes next; it is closed before that can speak.
    """
    answers, trace, request = _prepare(locks, calls)
    try:
        lock.close(locks, parent)
    except (lock.LockError, OSError) as error:
        os.write(trace, f"{type(error).__name__}: {error}\n".encode())
        raise
    answers.send(wire.READY)
    if ready is not None:
        os.write(ready, b"R")
        os.close(ready)
    if request.probe is not None:
        for name, words in probes.attempt_all(request.probe):
            answers.send(wire.PROBED, 0, wire.pack_texts(name, words))
        answers.send(wire.DONE)
    else:
        _grade(request, answers)
        answers.send(wire.DONE)
    os._exit(0)  # what the student left for the interpreter's end is not run


def rehearse(calls: Calls) -> None:
    """Do once, with a file of our own, what every child does, so that each finds the interpreter warm.

    Python rewrites code for speed as it runs; what was rewritten here, no child has to rewrite, nor the system to
    copy.
    """
    heads = [(wanted["name"], wanted["declared"]) for wanted in calls.wanted]
    functions = [
        f"def {name}({', '.join(declared)}): return play({', '.join(declared[:1])})" for name, declared in heads
    ]
    source = "\n".join([_REHEARSAL, *functions])
    of: dict[int, list[int]] = {}
    for call, function in enumerate(calls.functions):
        of.setdefault(function, []).append(call)
    each = _REHEARSED // max(1, len(of))
    only = [call for own in of.values() for call in itertools.islice(itertools.cycle(own), each)]
    header = {"source_bytes": len(source), "left_out": [], "brings_calls": False, "only": only, "reload": False}
    header |= {"versions": None, "notebook": False, "files": [], "probe": None, "memory_mb": 0, "cpu_seconds": 0.0}
    request = _Request(wire.pack_table(header) + source.encode(), calls)
    with open(os.devnull, "wb", buffering=0) as nowhere:
        _grade(request, _Answers(nowhere.fileno()))
    sys.modules.pop("submission", None)


def _grade(request: _Request, answers: _Answers) -> None:
    """Answer every call."""
    try:
        program = Program(request.source, request.notebook, request.files)
    except UnreadableError as error:
        answers.send(wire.UNREADABLE, 0, wire.pack_texts(*flat(error.words)))
        return
    _serve(program, request, answers)


def _prepare(locks: lock.Lock, calls: Calls | None) -> tuple[_Answers, int, _Request]:
    answers, trace = _Answers(os.dup(1)), os.dup(2)
    with io.FileIO(0, closefd=False) as stdin:
        request = _Request(stdin.readall(), calls)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
    faulthandler.enable(trace)
    if _ASK_WHERE is not None:
        faulthandler.register(_ASK_WHERE, trace, all_threads=False)
    seeding.seed_when_imported()
    if b"random" in request.source:  # before its time is counted; in the zygote they would make every fork slower
        for name in seeding.DRAWING:
            importlib.import_module(name)
    stack_size(2**20)  # a thread reserves this much of the memory that is allowed
    _announce_exits(answers)
    if locks.locked:
        _write_nowhere()
    lock.limit(locks, request.memory_mb, request.cpu_seconds)
    return answers, trace, request


def _write_nowhere() -> None:
    """Make a file that may not be opened for writing one that forgets what is written: a log is no mistake."""
    really_open = io.open

    def opened(file: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
        try:
            return really_open(file, mode, *rest, **more)
        except OSError:
            if isinstance(mode, str) and any(sign in mode for sign in "wax"):
                return io.BytesIO() if "b" in mode else io.StringIO()
            raise

    builtins.open = io.open = opened
    really_make = os.mkdir

    def made(*path: Any, **more: Any) -> None:
        with contextlib.suppress(PermissionError, FileNotFoundError):
            really_make(*path, **more)

    os.mkdir = made


def _announce_exits(answers: _Answers) -> None:
    """Make `os._exit` say from which line it was called, before it ends the process all the same."""
    exit_at_once = os._exit

    def announced(status: int) -> None:
        frame = sys._getframe(1)
        while frame is not None and frame.f_code.co_filename != FILE_NAME:
            frame = frame.f_back  # type: ignore[assignment]
        if frame is not None:
            answers.send(wire.EXITING, frame.f_lineno)
        exit_at_once(status)

    os._exit = announced  # type: ignore[assignment]


def _serve(program: Program, request: _Request, answers: _Answers) -> None:
    places: dict[int, list[int]] = {}
    for number in request.only:
        places.setdefault(request.calls.functions[number], []).append(number)
    loaded = False
    for place, numbers in places.items():
        seeding.seed()
        if request.reload or not loaded:
            _load(program, request, answers)
            loaded = True
            seeding.seed()
        _serve_function(program, request, answers, place, numbers)


def _load(program: Program, request: _Request, answers: _Answers) -> None:
    program.load(request.left_out, request.calls.names, lambda index: answers.send(wire.STATEMENT, index))
    for index, text in program.failed.items():
        answers.send(wire.LEFT_OUT, index, wire.pack_texts(str(program.line(index)), *flat(text)))
    answers.send(wire.LOADED)


def _serve_function(program: Program, request: _Request, answers: _Answers, place: int, numbers: list[int]) -> None:
    wanted = request.calls.wanted[place]
    if wanted["recipe"] is not None:
        _serve_objects(program, request, answers, place, numbers)
        return
    try:
        found = program.find(wanted["name"], wanted["exact"], request.calls.names)
        if isinstance(found, str):
            answers.send(wire.MISSING, place, wire.pack_texts(*flat(found)))
            return
        name, function = found
        lines = program.lines_of(decorated(function, wanted["name"])) or (0, 0)
        names = (wanted["declared"], wanted["offered"], wanted["aliases"], wanted["dimensions"], wanted["never"])
        binding = bind(function, *names, name=wanted["name"])
    except Exception as error:  # the student's own objects may answer anything when they are looked at
        text = Words(words.CAN_NOT_BE_READ, name=wanted["name"], error=describe(error))
        answers.send(wire.MISSING, place, wire.pack_texts(*flat(text)))
        return
    readings = [text for reading in binding.readings[:50] for text in reading]
    texts = (name, str(lines[0]), str(lines[1]), *binding.quantities, "", *readings)
    answers.send(wire.BOUND, place, wire.pack_texts(*texts))
    if binding.unknown:
        answers.send(wire.UNBOUND, place, wire.pack_texts(*binding.unknown[:50]))
        return
    asked = binding.quantities
    bound = binding.caller(function)
    for number, given in zip(numbers, request.calls.given(place, asked, numbers), strict=True):
        frame = _call(number, bound, asked, given, answers)
        answers.write(frame)
        if frame[0] == wire.MEMORY:
            return  # the other calls of the function count as not run


def _serve_objects(program: Program, request: _Request, answers: _Answers, place: int, numbers: list[int]) -> None:
    """The same where students hand in a class: each call makes an object."""
    wanted = request.calls.wanted[place]
    asked = wanted["offered"]
    try:
        objects = Objects(program, wanted["name"], wanted["recipe"], lambda stage: answers.send(wire.STAGE, stage))
        lines = objects.lines or (0, 0)
    except NotThereError as missing:
        answers.send(wire.MISSING, place, wire.pack_texts(*flat(missing.words)))
        return
    except Exception as error:
        text = Words(words.CAN_NOT_BE_READ, name=wanted["recipe"]["names"][0], error=describe(error))
        answers.send(wire.MISSING, place, wire.pack_texts(*flat(text)))
        return
    readings = [text for reading in objects.readings[:50] for text in reading]
    texts = (wanted["name"], str(lines[0]), str(lines[1]), *asked, "", *readings)
    answers.send(wire.BOUND, place, wire.pack_texts(*texts))
    for number, given in zip(numbers, request.calls.given(place, asked, numbers), strict=True):
        try:
            frame = _call(
                number, lambda values: objects.value(dict(zip(asked, values, strict=True))), asked, given, answers
            )
            answers.write(frame)
            if frame[0] == wire.MEMORY:
                return
        except NotThereError as missing:
            answers.send(wire.MISSING, place, wire.pack_texts(*flat(missing.words)))
            return


def _call(number: int, bound: Callable[[list[Any]], Any], asked: list[str], given: Given, answers: _Answers) -> bytes:
    """Call a function with arrays of its own, and put into one frame what happened."""
    try:
        values = [copy() for copy in given.copies]
        array = as_array(bound(values))
        if not isinstance(array, str) and array.nbytes > _SMALL and not answers.has_room(array):
            array = Words(words.MANY_TOO_LARGE, shape=array.shape)
        if isinstance(array, str):
            return wire.frame(wire.ODD, number, wire.pack_texts(*flat(array)))
        changed = []
        for quantity, old, new in zip(asked, given.arrays, values, strict=True):
            if old is not None and (old.tobytes() != new.tobytes() or old.shape != new.shape or old.dtype != new.dtype):
                changed.append(quantity)
        return wire.result_frame(number, changed, array)
    except NotThereError:
        raise  # no fault of this call: it is so in all of them
    except MemoryError as error:
        return wire.frame(wire.MEMORY, number, wire.pack_texts(str(line_of(error) or 0), *flat("")))
    except BaseException as error:
        if isinstance(error, RuntimeError) and "can't start new thread" in str(error):
            return wire.frame(wire.MEMORY, number, wire.pack_texts(str(line_of(error) or 0), *flat("")))
        return wire.frame(wire.RAISED, number, wire.pack_texts(str(line_of(error) or 0), *flat(describe(error))))
