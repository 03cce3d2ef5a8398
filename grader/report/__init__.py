"""Results become pages: for the student, for the class, for the front door; and a gradebook for the spreadsheet.

The room sees results only, so that every page can be made again from its JSON on any machine. A page is one file that
fetches nothing and runs nothing but its own few lines; whatever a student wrote is shown and has no effect; a score
that is not known is never written as 0; colour never stands alone.
"""

from grader.report.course import class_page, prepare_pages
from grader.report.files import page_name, write, write_bytes
from grader.report.front import Entry, front_page
from grader.report.gradebook import gradebook, guarded
from grader.report.rows import Cause, Mark, Row, row_of
from grader.report.student import student_page
from grader.report.text import visible

__all__ = [
    "Cause",
    "Entry",
    "Mark",
    "Row",
    "class_page",
    "front_page",
    "gradebook",
    "guarded",
    "page_name",
    "prepare_pages",
    "row_of",
    "student_page",
    "visible",
    "write",
    "write_bytes",
]
