"""One child after the other until every call has an outcome."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import tempfile
import time
from dataclasses import dataclass, field, replace

from grader.errors import SandboxError
from grader.language import _, line_name
from grader.models import Array, Bound, Calls, Happened, LeftOut, Limits, Outcome, Outcomes, Program
from grader.sandbox.answers import Answers
from grader.sandbox.clock import Clock
from grader.sandbox.inside import wire
from grader.sandbox.inside.lock import MAX_FILE_BYTES
from grader.sandbox.inside.program import MAX_TEXT, line_of_loop, line_of_statement
from grader.sandbox.level import Setting
from grader.sandbox.request import encode_request, usual_answers
from grader.sandbox.said import bound_of, cut, filled, impersonal, line_number
from grader.sandbox.start import START_SECONDS, answers_file, scratch_file, start

WALL_FACTOR = 5.0
"""Code that waits instead of computing gets this many times its CPU limit of wall time, and two seconds."""

TOGETHER_FACTOR = 10
"""All calls of one function together get this many times the CPU limit of one."""

TOGETHER_LOADS = 3
"""All statements of the file together get this many times the CPU limit of one."""

MOST_WAITING = 60.0
"""No call waits longer than its CPU limit and this many seconds."""

MAX_FATAL_STATEMENTS = 3

MAX_STRUCK = 2
"""Of a class: where so many criteria met the time limit in one method, the others that call it are not tried."""

MOST_LOST = 40.0
"""Of a class: where the limits that were met add up to so many seconds, nothing else is tried."""

MAX_FRAMES = 100_000
"""Far more than the longest file has statements and a rubric has calls: who sends more keeps the grader busy."""

LOOK_SECONDS = 0.04
"""How often a child that is at work is looked at, unless its limit is shorter. Nothing else disturbs it, or us."""


def run(
    setting: Setting, program: Program, calls: Calls, limits: Limits, *, functions: frozenset[str] | None = None
) -> Outcomes:
    """What happens when the student's functions are called: one outcome for each call, whatever they do.

    With `functions`, only those are called, each in a module that is loaded afresh for it, so that nothing which
    another function left behind can matter. Raises SandboxError if a child does not get as far as the student's file.
    """
    numbers = range(len(calls.calls))
    asked = numbers if functions is None else (n for n in numbers if calls.calls[n].function in functions)
    state = _State(program, calls, set(asked))
    while state.open:
        state.children += 1
        with _Child(setting, state, limits, reload=functions is not None) as child:
            child.serve()
        if state.fatal_ends >= MAX_FATAL_STATEMENTS:
            lines = ", ".join(s.where or str(s.line) for s in state.left_out.values() if s.fatal)
            message = _("The statements in lines {lines} do not come to an end or stop Python: nothing was run.")
            state.unreadable = message.format(lines=lines)
        if state.unreadable:
            break
    state.forget_after_the_end()
    left_out = tuple(state.left_out[index] for index in sorted(state.left_out))
    return Outcomes(state.outcomes, state.bound, left_out, state.unreadable, state.in_one_go, state.whole)


@dataclass
class _State:
    """What is known so far, across the children of one run."""

    program: Program
    calls: Calls
    open: set[int]
    """numbers of the calls that have no outcome yet"""
    outcomes: Answers = field(default_factory=Answers)
    whole: dict[str, Array] = field(default_factory=dict)
    """of functions whose answers came in one piece"""
    bound: dict[str, Bound] = field(default_factory=dict)
    left_out: dict[int, LeftOut] = field(default_factory=dict)
    unreadable: str = ""
    children: int = 0
    in_one_go: bool = False
    """the first child made all the calls"""
    over_a_limit: bool = False
    """a call met the limit of time or memory"""
    fatal_ends: int = 0
    """how many children ended at a statement; a hostile one may name the same statement again and again"""
    struck: dict[str, int] = field(default_factory=dict)
    """of a class: method, or nothing where an object is made -> how many criteria met the time limit there"""
    lost: float = 0.0
    """of a class: the limits that were met, in seconds"""

    def close(self, number: int, outcome: Outcome) -> None:
        """The outcome of one call; a call that is not open, or not asked for, is none of the child's business."""
        if number not in self.open:
            raise wire.WireError(f"an answer to call {number}, which is not open")
        if outcome.changed and not set(outcome.changed) <= self.calls.calls[number].values.keys():
            raise wire.WireError("a change to what the function never had")
        self.open.remove(number)
        self.outcomes[number] = outcome
        self.over_a_limit |= outcome.happened in (Happened.MEMORY_LIMIT, Happened.TIME_LIMIT)

    def close_all(self, name: str, usual: wire.Usual, values: Array) -> None:
        """The values of all calls of a function, which are open and changed nothing, in one piece."""
        self.open.difference_update(usual.numbers)
        self.whole[name] = values
        self.outcomes.add(usual, values)

    def close_function(self, name: str, outcome: Outcome, rest: Outcome) -> None:
        """`outcome` for the next open call of a function, `rest` for those after it."""
        for number in sorted(n for n in self.open if self.calls.calls[n].function == name):
            self.close(number, outcome)
            outcome = rest

    def strike(self, name: str, stage: int, seconds: float, outcome: Outcome) -> None:
        """A criterion of a class met the time limit: those that would meet it too get the same outcome at once.

        Each would wait for its whole limit otherwise, and one hostile file for minutes. Of versions, each is a class of
        its own.
        """
        if self.calls.repeats is not None:
            return
        recipes = {wanted.name: wanted.recipe for wanted in self.calls.wanted if wanted.recipe is not None}
        if name not in recipes:
            return
        method = ("", *recipes[name]["calls"])[stage] if stage <= len(recipes[name]["calls"]) else ""
        self.struck[method] = self.struck.get(method, 0) + 1
        self.lost += seconds
        for other in self.functions():
            alike = self.struck[method] >= MAX_STRUCK and method in ("", *recipes[other]["calls"])
            if alike or self.lost >= MOST_LOST:
                self.close_function(other, outcome, Outcome(Happened.NOT_RUN))

    def forget_after_the_end(self) -> None:
        """After the first call of a function that went over a limit, the others count as not run.

        How far a function comes after that is chance, and a result must not hold it.
        """
        if not self.over_a_limit:
            return
        ended: set[str] = set()
        for number in sorted(self.outcomes):
            function = self.calls.calls[number].function
            if function in ended:
                self.outcomes[number] = Outcome(Happened.NOT_RUN)
            elif self.outcomes[number].happened in (Happened.MEMORY_LIMIT, Happened.TIME_LIMIT):
                ended.add(function)

    def at_line(self, outcome: Outcome, line: int | None) -> Outcome:
        """The outcome with its line, as its author counts it too."""
        return outcome._replace(line=line or None, where=self._where(line or 0))

    def statement(self, index: int, line: int, text: str, *, fatal: bool) -> LeftOut:
        """A statement that did not run to its end."""
        return LeftOut(index, line, text, fatal, self._where(line))

    def _where(self, line: int) -> str:
        files = self.program.files
        return line_name(*files.place(line)) if files.files and line else ""

    def functions(self) -> list[str]:
        """The functions with open calls, in the order in which a child serves them: one after the other, whole."""
        return list(dict.fromkeys(self.calls.calls[number].function for number in sorted(self.open)))


class _Child:
    """One process, from its start to its end."""

    def __init__(self, setting: Setting, state: _State, limits: Limits, *, reload: bool) -> None:
        self.setting = setting
        self.state = state
        self.limits = limits
        self.reload = reload
        self.statement: int | None = None
        """the statement that is being executed; None while functions are called"""
        self.statements: set[int] = set()
        """those that were begun since the file began to be loaded"""
        self.functions = state.functions()
        self.loads_left = len(self.functions) if reload else 1
        self.ready = self.done = False
        self.taken = 0
        """how many bytes of the answers have been handled"""
        self.frames = 0
        self.bound: set[str] = set()
        self.exit_line: int | None = None
        self.stage = 0
        """of an object of a class: what is run, as its recipe counts it"""
        self.met = 0.0
        """the limit that was met, in seconds"""

    def __enter__(self) -> _Child:
        state = self.state
        fatal = frozenset(index for index, statement in state.left_out.items() if statement.fatal)
        program = replace(state.program, left_out=state.program.left_out | fatal)
        most = self._most_cpu_seconds()
        with contextlib.ExitStack() as stack:
            # A locked child can not write a file, and is nowhere.
            locked = self.setting.level.locked
            self.folder = "/" if locked else stack.enter_context(tempfile.TemporaryDirectory(prefix="grade-"))
            self.trace = stack.enter_context(scratch_file("trace"))
            self.answers = stack.enter_context(answers_file())
            only = None if len(state.open) == len(state.calls.calls) else state.open
            request = encode_request(
                program,
                self.limits,
                only,
                brings_calls=not state.calls.lasting,
                reload=self.reload,
                versions=[wanted.name for wanted in state.calls.wanted] if state.calls.repeats else None,
                cpu_seconds=most,
            )
            self.process = start(self.setting, state.calls, request, self.answers, self.trace, self.folder)
            self._files = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        with self._files:
            self.process.kill()
            self.process.wait()

    def _most_cpu_seconds(self) -> float:
        """What a child can use at most before the grader ends it; at twice that the system does."""
        calling = TOGETHER_FACTOR * sum(self._seconds(name) for name in self.functions)
        return 2 * (calling + TOGETHER_LOADS * self.limits.load_seconds * self.loads_left) + 10

    def _seconds(self, function: str) -> float:
        """The limit of one call of a function."""
        own = next((wanted.seconds for wanted in self.state.calls.wanted if wanted.name == function), None)
        return own or self.limits.seconds

    def serve(self) -> None:
        """Read frames until the child is done, dead or over a limit; give every ended call its outcome."""
        try:
            overtime = self._read()
        except wire.WireError as error:
            self._blame(Happened.EXITED, _("it wrote into the grader's own channel ({error})").format(error=error))
            return
        if overtime:
            self._blame(Happened.TIME_LIMIT, overtime)
        elif not self.done:
            self._ended()

    def _read(self) -> str:
        """Handle frames until the end; returns why the time is up, or nothing.

        The answers lie in a file, so that neither process waits for the other at every call.
        """
        clock, pause = None, min(LOOK_SECONDS, self.limits.seconds)
        while True:
            ended = self.process.ended(pause)
            progress = self._take_in()
            if self.done or ended:  # as it mostly is at the first look
                return ""
            if clock is None:
                clock = Clock(self.process.pid)
            elif progress:
                clock.restart()
            overtime = self._overtime(clock)
            if overtime:
                return overtime

    def _take_in(self) -> bool:
        """Handle what was written since the last time; says whether the child got on."""
        if not self.ready:
            self.ready = self.process.is_ready()
            if not self.ready:
                return False
        descriptor = self.answers.fileno()
        size = min(os.fstat(descriptor).st_size, MAX_FILE_BYTES)
        if size <= self.taken:
            return False
        data, at, progress = os.pread(descriptor, size - self.taken, self.taken), 0, False
        rest: int | None = 0
        while rest is not None:
            frames, rest = wire.frames(data, rest), None
            for kind, number, begin, at in frames:
                self._count(1)
                if kind == wire.VALUE:
                    changed, array = wire.unpack_result(data, begin, at)
                    self.state.close(number, Outcome(Happened.VALUE, array, "", None, tuple(changed)))
                    progress = True
                    continue
                progress |= self._handle(kind, number, data[begin:at])
                if self.done:
                    break
                if kind == wire.BOUND and (after := self._take_usual(number, data, at)):
                    at = rest = after
                    progress = True
                    break
        self.taken += at
        return progress

    def _count(self, frames: int) -> None:
        self.frames += frames
        if self.frames > MAX_FRAMES:
            raise wire.WireError(f"more than {MAX_FRAMES} frames")

    def _take_usual(self, place: int, data: bytes, at: int) -> int:
        """Take in all answers of a function at once, where they are as they mostly are; says where they end, or 0."""
        usual = usual_answers(self.state.calls).get(place)
        if usual is None or not self.state.open.issuperset(usual.numbers):
            return 0
        found = usual.read(data, at)
        if found is None:
            return 0
        after, values = found
        self._count(len(usual.numbers))
        self.state.close_all(self.state.calls.wanted[place].name, usual, values)
        return after

    def _handle(self, kind: int, number: int, payload: bytes) -> bool:
        """Take in a frame without an array; says whether it is a step that a child takes once: the clock restarts."""
        state = self.state
        if kind == wire.READY and self.frames == 1:
            return True  # the process has said so itself, where no student can
        if kind == wire.STATEMENT:
            if not self.loads_left:
                raise wire.WireError(f"statement {number}, out of turn")
            if number in self.statements:
                return False  # a process that the student forked executes the same statements
            self.statements.add(number)  # not in order: an import comes back from the statements of another file
            self.statement = number
        elif kind == wire.LOADED:
            if not self.loads_left:
                raise wire.WireError("loaded once too often")
            self.statement, self.loads_left = None, self.loads_left - 1
            self.statements.clear()
        elif kind in (wire.ODD, wire.RAISED, wire.MEMORY):
            state.close(number, self._outcome(kind, payload))
            if kind == wire.MEMORY:
                rest = Outcome(Happened.NOT_RUN)
                state.close_function(state.calls.calls[number].function, rest, rest)
        else:
            self._handle_word(kind, number, payload)
            return False
        return True

    def _handle_word(self, kind: int, number: int, payload: bytes) -> None:
        """Take in a frame that says something and is no step."""
        state = self.state
        if kind == wire.LEFT_OUT:
            line, text = self._line_and_words(payload)
            state.left_out[number] = state.statement(number, line_number(line), text, fatal=False)
        elif kind == wire.UNREADABLE:
            state.unreadable = self._clean(filled(wire.unpack_texts(payload), None, state.program.files))
        elif kind in (wire.BOUND, wire.MISSING, wire.UNBOUND):
            self._handle_function(kind, number, wire.unpack_texts(payload))
        elif kind == wire.STAGE:
            self.stage = number
        elif kind == wire.EXITING:
            self.exit_line = number
        elif kind == wire.DONE and (state.unreadable or not state.open):
            self.done, state.in_one_go = True, state.children == 1
        else:
            raise wire.WireError(f"a frame of kind {kind}, out of turn")

    def _outcome(self, kind: int, payload: bytes) -> Outcome:
        if kind == wire.ODD:
            return self._in_words(Happened.ODD, wire.unpack_texts(payload), limit=120)
        line, text = self._line_and_words(payload)
        happened = Happened.RAISED if kind == wire.RAISED else Happened.MEMORY_LIMIT
        return self.state.at_line(Outcome(happened, text=text), line_number(line))

    def _line_and_words(self, payload: bytes) -> tuple[str, str]:
        """The line of a payload, and the sentence after it."""
        texts = wire.unpack_texts(payload)
        return texts[0] if texts else "", self._clean(filled(texts[1:], None, self.state.program.files))

    def _in_words(self, happened: Happened, texts: list[str], limit: int = 500) -> Outcome:
        """An outcome in words, as they are shown, and in English for whoever has to understand them."""
        files = self.state.program.files
        text, english = (self._clean(filled(texts, translate, files), limit) for translate in (None, str))
        return Outcome(happened, text=text, english=english if english != text else "")

    def _clean(self, text: str, limit: int = 500) -> str:
        """The text without what differs from run to run or tells about the machine, and cut."""
        return cut(impersonal(self._nowhere(text[:MAX_TEXT])), limit)

    def _nowhere(self, text: str) -> str:
        return text if self.setting.level.locked else text.replace(self.folder, ".")

    def _handle_function(self, kind: int, place: int, texts: list[str]) -> None:
        if place >= len(self.state.calls.wanted):
            raise wire.WireError(f"function number {place}")
        name = self.state.calls.wanted[place].name
        if kind == wire.MISSING:
            outcome = self._in_words(Happened.MISSING, texts)
            self.state.close_function(name, outcome, outcome)
            return
        texts = [self._clean(text) for text in texts]
        if kind == wire.BOUND:
            if name in self.bound:
                raise wire.WireError(f"{name} is bound once too often")
            self.bound.add(name)
            self.state.bound[name] = bound_of(texts)
            return
        outcome = Outcome(Happened.UNBOUND, text="\n".join(texts))
        self.state.close_function(name, outcome, outcome)

    def _overtime(self, clock: Clock) -> str:
        if not self.ready:
            if clock.wall > START_SECONDS:
                message = _("the child had not started after {seconds} s; is the machine overloaded?")
                raise SandboxError(message.format(seconds=f"{START_SECONDS:.0f}"))
            return ""
        calling = self.statement is None
        at_work = self._function_at_work() if calling else f"load {self.loads_left}"
        seconds = self._seconds(at_work) if calling else self.limits.load_seconds
        self.met = seconds
        if clock.cpu > seconds:
            return _("it computed for more than {seconds} s").format(seconds=f"{seconds:g}")
        factor = TOGETHER_FACTOR if calling else TOGETHER_LOADS
        together, patience = seconds * factor, min(seconds * WALL_FACTOR + 2, seconds + MOST_WAITING)
        wall, cpu = clock.task(at_work)
        self.met = together
        if cpu > together:
            message = _("it computed for more than {seconds} s, together with what was before it")
            return message.format(seconds=f"{together:g}")
        self.met = patience
        if clock.wall > patience:
            return _("it waited for more than {seconds} s").format(seconds=f"{patience:g}")
        self.met = patience * factor
        if wall > patience * factor:
            message = _("it waited for more than {seconds} s, together with what was before it")
            return message.format(seconds=f"{patience * factor:g}")
        return ""

    def _ended(self) -> None:
        """The child ended before it was done: ours before READY, the student's after it."""
        self.process.kill()  # what it has started may be there still
        code = self.process.wait()
        if not self.ready:
            last = os.pread(self.trace.fileno(), 2**20, 0)[-600:].decode("utf-8", "replace").strip()
            message = _("the child ended with code {code} before it read the student's file: {words}")
            raise SandboxError(message.format(code=code, words=last or _("no word")))
        if code == -signal.SIGKILL:
            raise SandboxError(
                _("the system killed the child (out of memory, most likely); nothing is known of the code")
            )
        if code < 0:
            name = signal.strsignal(-code) or f"signal {-code}"
            self._blame(Happened.CRASHED, _("Python crashed ({signal})").format(signal=name))
        else:
            self._blame(Happened.EXITED, _("it ended Python itself, with exit code {code}").format(code=code))

    def _blame(self, happened: Happened, text: str) -> None:
        """What ended the child costs the statement or the function that it was at."""
        if not self.ready:
            message = _("the child failed before it read the student's file: {reason}")
            raise SandboxError(message.format(reason=text))
        if self.statement is not None:
            first = line_of_statement(self.state.program.source, self.statement, self.state.program.files.stretches)
            self.state.left_out[self.statement] = self.state.statement(self.statement, first, text, fatal=True)
            self.state.fatal_ends += 1
        elif self.state.open:
            line = self.exit_line if happened == Happened.EXITED else None
            outcome = self.state.at_line(Outcome(happened, text=text), line or self._traced_line(happened))
            name = self._function_at_work()
            self.state.close_function(name, outcome, Outcome(Happened.NOT_RUN))
            if happened == Happened.TIME_LIMIT:
                self.state.strike(name, self.stage, self.met, outcome)

    def _function_at_work(self) -> str:
        """The function that is being called: one after the other, whole, in the order of the request."""
        still_open = {self.state.calls.calls[number].function for number in self.state.open}
        return next((name for name in self.functions if name in still_open), "")

    def _traced_line(self, happened: Happened) -> int | None:
        """The student's line, from the traceback that the child's fault handler writes when asked to, or in a crash."""
        stopped = happened == Happened.TIME_LIMIT
        if stopped:
            self.process.ask_where()
        lines: list[bytes] = []
        for _time in range(50 if stopped else 1):
            # pread leaves the place alone at which the child is still writing
            words = os.pread(self.trace.fileno(), 2**16, 0)
            lines = re.findall(rb'File "submission\.py", line (\d+)', words)
            if lines and words.endswith(b"\n"):
                break
            time.sleep(0.01)
        if not lines:
            return None
        # Where a hang is met is chance: the outermost loop of the called function around it is not.
        line = line_number(lines[-1 if stopped else 0].decode())
        program = self.state.program
        return line_of_loop(program.source, line, program.files.stretches) if stopped else line
