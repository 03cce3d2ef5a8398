"""Student code runs here, and nowhere else: `run(setting, program, calls, limits) -> outcomes`.

Theory of operation. Three kinds of process, each with less than the one before:

    grader     knows everything: rubric, reference, expected values, all submissions. Runs no student code.
      |  socket: CALLS + a file ->     FORK + descriptors ->  <- a descriptor of the child     WAIT ->  <- how it ended
    zygote     a fresh Python, one a worker, with numpy, the rubric's packages and the calls of the homework in memory;
      |        behind bwrap, where that works. It never sees a submission or a result, so no child can find another's.
      |        The first ones start while the homework is read; the self-test attacks one, and workers take them over.
    child      forked for one submission, in a millisecond, and locked (`inside/lock.py`) before a byte of the
               student's file is compiled: limits, Landlock, seccomp. What remains to it: compute, and write answers.

    calls      a file without a name, the same for the whole class: for each call the quantities on offer. Never the
               reference, the rubric, what is expected of the call, or anything of the grader's environment.
    request    another: the student's file, and which calls are wanted.
    answers    a third, which can only grow: a stream of frames (`inside/wire.py`), READY, STATEMENT ... LOADED, one for
               each call, DONE. Fixed headers, raw numbers, no pickle. Whoever writes them is not believed: a frame can
               only ever be this student's answer to an open call, and the grader compares its numbers itself.
    trace      a fourth, for the line at which Python crashed or was stopped.

Nobody waits for anybody at a call: the child writes on, and the grader looks at the file now and then, and at the
child's own CPU clock, so that a busy machine does not become a student's time-out. Wall time is only a long stop for
code that sleeps. The kill goes to a descriptor, which no other process can inherit as it can a number.

The blame line is READY, which the child sends before it compiles the student's file. What fails before it raises
SandboxError (ours). What happens after it is an outcome (the student's): a call that hangs, crashes or exits costs
the function that made it, a new child is forked, and the other functions are called there; a statement at module
level that does so is left out from then on.

How much of this a machine can do is found out by trying to break out (`selftest.py`), and is called the level
(`level.py`). It stands in every result. Below the third level no stranger's code is run, unless the teacher says so
(`choice.py`). No level is proof against errors in the kernel or the processor.
"""

from grader.sandbox.choice import Choice, choose, expect, refusal
from grader.sandbox.level import LOCKED, Level, Setting
from grader.sandbox.process import run
from grader.sandbox.selftest import Tried, try_level
from grader.sandbox.start import end_zygotes, hand_over
from grader.sandbox.workers import Place, be_a_worker, places, processors, take_place, worker_context, worker_pool

__all__ = [
    "LOCKED",
    "Choice",
    "Level",
    "Place",
    "Setting",
    "Tried",
    "be_a_worker",
    "choose",
    "end_zygotes",
    "expect",
    "hand_over",
    "places",
    "processors",
    "refusal",
    "run",
    "take_place",
    "try_level",
    "worker_context",
    "worker_pool",
]
