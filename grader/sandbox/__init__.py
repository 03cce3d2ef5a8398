"""Student code runs here, and nowhere else: `run(program, calls, limits) -> outcomes`.

Theory of operation. For each submission a fresh Python process is started, the child. It gets one request on its
standard input: the student's file, and for each call the quantities on offer. It never gets the reference, the
rubric, an expected value, another student's file or anything of the grader's environment. It answers with a stream
of frames (`inside/wire.py`): fixed headers, raw numbers, no pickle; whoever writes them is not believed, and every
size is checked before anything is read.

    grader ── request: file + calls ──> child        READY, then STATEMENT ... LOADED, then one answer a call, DONE
           <── frames ───────────────────

The blame line is READY, which the child sends before it looks at the student's file. What fails before it raises
SandboxError (ours). What happens after it is an outcome (the student's): a call that hangs, crashes or exits costs
the function that made it, the process is started again, and the other functions are called there; a statement at
module level that does so is left out from then on. CPU time is counted per call, on the child's own clock, so that a
busy machine does not turn into a student's time-out; wall time is only a long stop for code that sleeps.

This process keeps a careless student from harm and the grader from a crash. It is not yet a wall against a hostile
one: results say so under "sandbox".
"""

from grader.sandbox.process import run

LEVEL = "process"
"""What stands in every result: a process of its own with limits, no wall against hostile code."""

__all__ = ["LEVEL", "run"]
