"""Results go to other systems: the form is theirs, the points are ours, and nothing gets lost on the way in silence.

    sheet         a table that somebody else wrote: cells change, everything else stays, byte by byte
    students      which row is whose
    points        scores in another system's digits
    results       the results of a homework, as a run left them
    feedback      what a student reads where there is no page
    filling       scores and feedback into a table; what became of each student and row
    bundle        the grader and a homework in one file, for Gradescope to run
    canvas, moodle, gradescope, classroom50, junit    a form each

The room sees results and rubrics only; it runs nothing.
"""

from grader.export.bundle import gradescope_bundle
from grader.export.canvas import canvas_target
from grader.export.classroom50 import classroom50_result
from grader.export.feedback import feedback
from grader.export.filling import Account, fill
from grader.export.gradescope import gradescope_results
from grader.export.junit import junit
from grader.export.moodle import moodle_feedback, moodle_target
from grader.export.points import scaled
from grader.export.results import Stored, counted, homework_folder, read_results
from grader.export.sheet import read_sheet

__all__ = [
    "Account",
    "Stored",
    "canvas_target",
    "classroom50_result",
    "counted",
    "feedback",
    "fill",
    "gradescope_bundle",
    "gradescope_results",
    "homework_folder",
    "junit",
    "moodle_feedback",
    "moodle_target",
    "read_results",
    "read_sheet",
    "scaled",
]
