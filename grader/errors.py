"""What can go wrong on our side of the line, each with one sentence that says what was found, where, and what to do.

    GraderError
    ├── RubricError       the rubric or its reference is wrong: nothing is graded, exit code 2
    ├── SubmissionError   the folder of submissions can not be used as it stands: exit code 2
    ├── PackageError      a package that the rubric names can not be imported: exit code 2
    ├── ExportError       results can not be given to another system as they stand: exit code 2
    ├── UnsafeError       no sandbox holds on this machine: nothing is run, exit code 3
    └── SandboxError      student code could not be run at all: `judge_error`, never a score

What a student's code does (an exception, a hang, a crash) is never one of these: it is an outcome.
"""


class GraderError(Exception):
    """The root: whoever catches it may print the message as it stands."""


class RubricError(GraderError):
    """A rubric or a reference that can not be judged by."""


class SubmissionError(GraderError):
    """A folder of submissions, or a single file, that can not be read as such."""


class SandboxError(GraderError):
    """The child did not get as far as running the student's file: our failure, no score."""


class PackageError(GraderError):
    """A package that the rubric names can not be imported here: the teacher installs it, or strikes it."""


class ExportError(GraderError):
    """Results, or the file that they are to go into, that can not be used as they stand; nothing is written."""


class UnsafeError(GraderError):
    """There is no sandbox in which strangers' code may run, and nobody said that it may run without."""
