"""What the child does: read one request, load the student's file, call its functions, answer frame by frame.

Standard input holds the request, standard output is the way back; both are put out of the student's reach by name
(`print` goes nowhere, `input` finds the end of a file). Before READY every failure is the grader's, after it the
student's.
"""

from __future__ import annotations

import faulthandler
import io
import json
import os
import random
import struct
import sys
import threading
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.random

from . import wire
from .binding import Binding, bind, decorated
from .program import FILE_NAME, Program, UnreadableError, describe, line_of
from .returned import as_array

try:
    import resource
    import signal
except ImportError:  # not on this system: the grader's own clock is the only limit there
    resource = None  # type: ignore[assignment]


class _Answers:
    """The way back to the grader."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def send(self, kind: int, number: int = 0, payload: bytes = b"") -> None:
        """Write one frame, whole."""
        data = memoryview(wire.frame(kind, number, payload))
        while data:
            data = data[os.write(self._descriptor, data) :]


class _Request:
    """What the grader asked for: a file, what to leave out of it, and the calls."""

    def __init__(self, data: bytes) -> None:
        header, rest = _json_part(data)
        size = header["source_bytes"]
        self.source, blob = rest[:size], rest[size:]
        self.left_out = frozenset(header["left_out"])
        self.only = frozenset(header["only"])
        self.reload: bool = header["reload"]
        self.memory_mb: int = header["memory_mb"]
        table, self.values = _json_part(blob)
        self.wanted: list[dict[str, Any]] = table["wanted"]
        self.offsets: list[int] = table["offsets"]
        self.calls: list[tuple[int, str, list[int]]] = table["calls"]


def _json_part(data: bytes) -> tuple[dict[str, Any], bytes]:
    (size,) = struct.unpack_from("<I", data)
    return json.loads(data[4 : 4 + size]), data[4 + size :]


def main() -> None:
    """Serve the one request on standard input, then end."""
    answers, request = _prepare()
    answers.send(wire.READY)
    try:
        program = Program(request.source)
    except UnreadableError as error:
        answers.send(wire.UNREADABLE, 0, wire.pack_texts(str(error)))
    else:
        _serve(program, request, answers)
    answers.send(wire.DONE)
    os._exit(0)  # what the student left for the interpreter's end is not run


def _prepare() -> tuple[_Answers, _Request]:
    answers, trace = _Answers(os.dup(1)), os.dup(2)
    with io.FileIO(0, closefd=False) as stdin:
        request = _Request(stdin.readall())
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    faulthandler.enable(trace)
    if resource is not None:
        faulthandler.register(signal.SIGUSR1, trace, all_threads=False)
        _limit(request.memory_mb)
    threading.stack_size(2**20)  # a thread reserves this much of the memory that is allowed
    _announce_exits(answers)
    return answers, request


def _limit(memory_mb: int) -> None:
    """Bound the address space beyond what Python and numpy take already; no core files, no endless files."""
    try:
        with open("/proc/self/statm") as statm:
            taken = int(statm.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:  # no /proc: leave room for what Python and numpy take
        taken = 2**30
    for kind, bound in ((resource.RLIMIT_AS, taken + memory_mb * 2**20), (resource.RLIMIT_FSIZE, 2**26)):
        try:
            resource.setrlimit(kind, (bound, bound))
        except (ValueError, OSError):  # a system that does not know this limit still has the grader's clock
            continue
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


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
    for number, (place, _, _) in enumerate(request.calls):
        if number in request.only:
            places.setdefault(place, []).append(number)
    loaded = False
    for place, numbers in places.items():
        _seed()
        if request.reload or not loaded:
            _load(program, request, answers)
            loaded = True
            _seed()
        _serve_function(program, request, answers, place, numbers)


def _seed() -> None:
    """Code that draws at random draws the same in every run."""
    random.seed(0)
    numpy.random.seed(0)


def _load(program: Program, request: _Request, answers: _Answers) -> None:
    names = [wanted["name"] for wanted in request.wanted]
    program.load(request.left_out, names, lambda index: answers.send(wire.STATEMENT, index))
    for index, text in program.failed.items():
        answers.send(wire.LEFT_OUT, index, wire.pack_texts(str(program.line(index)), text))
    answers.send(wire.LOADED)


def _serve_function(program: Program, request: _Request, answers: _Answers, place: int, numbers: list[int]) -> None:
    wanted = request.wanted[place]
    try:
        found = program.find(wanted["name"], wanted["exact"], [other["name"] for other in request.wanted])
        if isinstance(found, str):
            answers.send(wire.MISSING, place, wire.pack_texts(found))
            return
        name, function = found
        lines = program.lines_of(decorated(function, wanted["name"])) or (0, 0)
        names = (wanted["declared"], wanted["offered"], wanted["aliases"], wanted["dimensions"], wanted["never"])
        binding = bind(function, *names, name=wanted["name"])
    except Exception as error:  # the student's own objects may answer anything when they are looked at
        answers.send(wire.MISSING, place, wire.pack_texts(f"{wanted['name']} can not be read: {describe(error)}."))
        return
    readings = [text for reading in binding.readings[:50] for text in reading]
    texts = (name, str(lines[0]), str(lines[1]), *binding.quantities, "", *readings)
    answers.send(wire.BOUND, place, wire.pack_texts(*texts))
    if binding.unknown:
        answers.send(wire.UNBOUND, place, wire.pack_texts(*binding.unknown[:50]))
        return
    for number in numbers:
        _, layout, indices = request.calls[number]
        offsets = {q: request.offsets[i] for q, i in zip(wanted["offered"], indices, strict=True)}
        answers.send(*_call(number, function, binding, request.values, offsets, layout))


def _call(
    number: int, function: Any, binding: Binding, values: bytes, offsets: Mapping[str, int], layout: str
) -> tuple[int, int, bytes]:
    """Call the function with arrays of its own, and put into one frame what happened."""
    defaults = iter(binding.defaults)
    try:
        given = {q: _laid_out(wire.unpack_value(values, offsets[q]), layout) for q in binding.quantities}
        before = {q: value.copy() for q, value in given.items() if isinstance(value, np.ndarray)}
        positional = [given[q] if q is not None else next(defaults) for q in binding.positional]
        result = function(*positional, **{name: given[q] for name, q in binding.keywords.items()})
        array = as_array(result)
        if isinstance(array, str):
            return wire.ODD, number, wire.pack_texts(array)
        changed = [q for q, old in before.items() if not _same(old, given[q])]
        return wire.VALUE, number, wire.pack_result(changed, array)
    except MemoryError as error:
        return wire.MEMORY, number, wire.pack_texts(str(line_of(error) or 0), "")
    except BaseException as error:
        if isinstance(error, RuntimeError) and "can't start new thread" in str(error):
            return wire.MEMORY, number, wire.pack_texts(str(line_of(error) or 0), "")
        return wire.RAISED, number, wire.pack_texts(str(line_of(error) or 0), describe(error))


def _same(old: np.ndarray[Any, Any], new: np.ndarray[Any, Any]) -> bool:
    return new.dtype == old.dtype and new.shape == old.shape and new.tobytes() == old.tobytes()


def _laid_out(value: Any, layout: str) -> Any:
    """The same numbers in another order of memory."""
    if layout == "C" or not isinstance(value, np.ndarray) or value.ndim == 0:
        return value
    if layout == "F":
        return np.asfortranarray(value)
    if layout == "strided":
        wide = np.zeros((*value.shape[:-1], 2 * value.shape[-1]), value.dtype)
        wide[..., ::2] = value
        return wide[..., ::2]
    return value[..., ::-1].copy()[..., ::-1]
