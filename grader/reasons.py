"""The sentences for what happened when a student's code ran: what came back, and what was expected in its place.

Each is about the student's code, never about the student. Text of the student's own (messages, names) is quoted as it
came; whoever shows it makes it harmless.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.models import Bound, Happened, LeftOut, Outcome, Verdict

VERDICTS = {
    Happened.ODD: Verdict.WRONG_ANSWER,
    Happened.RAISED: Verdict.RUNTIME_ERROR,
    Happened.UNBOUND: Verdict.RUNTIME_ERROR,
    Happened.EXITED: Verdict.RUNTIME_ERROR,
    Happened.CRASHED: Verdict.RUNTIME_ERROR,
    Happened.MISSING: Verdict.MISSING,
    Happened.TIME_LIMIT: Verdict.TIME_LIMIT,
    Happened.MEMORY_LIMIT: Verdict.MEMORY_LIMIT,
    Happened.NOT_RUN: Verdict.SKIPPED,
}
"""The verdict of an outcome that is no value."""


_REFUSED = "PermissionError: [Errno 1] Operation not permitted"
_NOT_HERE = ". While it is graded, code may not start processes, send signals or use the network"


def sentence(outcome: Outcome, offered: Sequence[str], shape: str, memory_mb: int) -> str:
    """Why this outcome is no value that could be compared. `shape` is what was expected, in words."""
    at = f" (line {outcome.line})" if outcome.line else ""
    match outcome.happened:
        case Happened.ODD if outcome.text == "None":
            return f"It returned None; expected {shape}. Is there a return statement on every path?"
        case Happened.ODD:
            return f"It returned {outcome.text}; expected {shape}."
        case Happened.RAISED:
            return f"{outcome.text}{at}{_NOT_HERE if outcome.text.startswith(_REFUSED) else ''}"
        case Happened.UNBOUND:
            return _unbound(outcome.text.split("\n"), offered)
        case Happened.MISSING:
            return outcome.text
        case Happened.TIME_LIMIT:
            return f"It was stopped{at}: {outcome.text}."
        case Happened.MEMORY_LIMIT:
            return f"It asked for more than {memory_mb} MB of memory{at}."
        case Happened.CRASHED | Happened.EXITED:
            return f"It ended the run{at}: {outcome.text}."
        case Happened.NOT_RUN:
            return "Not run, because an earlier call did not come to its end."
        case _:
            return ""


def expected_shape(shape: tuple[int, ...], letters: Sequence[str] | None) -> str:
    """The words for an expected shape: 'a single number', or 'an array of shape (dh, m) = (3, 4)'."""
    if not shape:
        return "a single number"
    sizes = str(tuple(int(size) for size in shape))
    comma = "," if len(shape) == 1 else ""
    return f"an array of shape ({', '.join(letters)}{comma}) = {sizes}" if letters else f"an array of shape {sizes}"


def binding_notes(function: str, bound: Bound | None) -> list[str]:
    """What was read otherwise than to the letter."""
    if bound is None:
        return []
    notes = []
    if bound.found_as and bound.found_as != function:
        notes.append(f"The function {bound.found_as} was read as {function}.")
    hows = {
        "case": "{0} was read as {1}: the names differ in case or underscores only.",
        "alias": "{0} was read as {1}, which the homework lists as another name for it.",
        "position": "{0} was read as {1}, by its position: the homework knows no quantity of that name.",
    }
    for parameter, quantity, how in bound.readings:
        if how in hows:
            notes.append(f"The parameter {hows[how].format(parameter, quantity)}")
    if any(how == "wrapped" for _, _, how in bound.readings):
        order = ", ".join(quantity for _, quantity, _ in bound.readings)
        notes.append(f"The parameters of {function} are hidden, by a decorator perhaps; it was called with {order}.")
    return notes


def carried_note(function: str, earlier: str, score: float, max_score: float) -> str:
    """The sentence for a function that is right for the student's own wrong value of an earlier one."""
    return (
        f"{function} is right for what your own {earlier} gives, so the error counts once, there: "
        f"{score:g} of {max_score:g} points here."
    )


def credit_note(mistake: str, share: float) -> str:
    """The sentence for points that a rubric gives for a known mistake."""
    return f"Checks that failed keep {100 * share:g} % of their points: the homework has it so for {mistake}."


def left_out_notes(left_out: Sequence[LeftOut]) -> list[str]:
    """What of the file was not run. A file with many such statements gets the first few."""
    notes = []
    for statement in left_out[:5]:
        text = statement.text.rstrip(".")
        what = f"{text}, so it was left out" if statement.fatal else text
        notes.append(f"Line {statement.line} could not be run: {what}. The rest of the file was graded.")
    if len(left_out) > 5:
        notes.append(f"{len(left_out) - 5} more statements of the file could not be run.")
    return notes


def writes_into(function: str, changed: Sequence[str]) -> str:
    """The sentence for a function that changes its arguments."""
    names = " and ".join(changed)
    return f"{function} writes into its argument {names}: work on a copy, so that the caller's array stays as it was."


def _unbound(unknown: Sequence[str], offered: Sequence[str]) -> str:
    noun = "parameter" if len(unknown) == 1 else "parameters"
    names = ", ".join(unknown)
    return f"It asks for the {noun} {names}, which can not be supplied. It may ask for: {', '.join(offered)}."
