"""The sentences for what happened when a student's code ran: what came back, and what was expected in its place.

Each is about the student's code, never about the student. Text of the student's own (messages, names) is quoted as it
came; whoever shows it makes it harmless.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from grader.language import N_, _, n_, named
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


def sentence(outcome: Outcome, offered: Sequence[str], shape: str, memory_mb: int) -> str:
    """Why this outcome is no value that could be compared. `shape` is what was expected, in words."""
    text, line = outcome.text, outcome.where or outcome.line
    match outcome.happened:
        case Happened.ODD if text == "None":
            message = _("It returned None; expected {expected}. Is there a return statement on every path?")
        case Happened.ODD:
            message = _("It returned {returned}; expected {expected}.")
        case Happened.RAISED:
            return _raised(text, line)
        case Happened.UNBOUND:
            return _unbound(outcome.text.split("\n"), offered)
        case Happened.MISSING:
            return text
        case Happened.TIME_LIMIT:
            message = _("It was stopped (line {line}): {reason}.") if line else _("It was stopped: {reason}.")
        case Happened.MEMORY_LIMIT if line:
            message = _("It asked for more than {megabytes} MB of memory (line {line}).")
        case Happened.MEMORY_LIMIT:
            message = _("It asked for more than {megabytes} MB of memory.")
        case Happened.CRASHED | Happened.EXITED:
            message = _("It ended the run (line {line}): {reason}.") if line else _("It ended the run: {reason}.")
        case Happened.NOT_RUN:
            message = _("Not run, because an earlier call did not come to its end.")
        case Happened.VALUE:
            return ""
    return message.format(returned=text, reason=text, line=line, expected=shape, megabytes=memory_mb)


def _raised(error: str, line: str | int | None) -> str:
    where = _("{error} (line {line})").format(error=error, line=line) if line else error
    if not error.startswith(_REFUSED):
        return where
    return _("{error}. While it is graded, code may not start processes, send signals or use the network").format(
        error=where
    )


def expected_shape(shape: tuple[int, ...], letters: Sequence[str] | None) -> str:
    """The words for an expected shape: 'a single number', or 'an array of shape (dh, m) = (3, 4)'."""
    if not shape:
        return _("a single number")
    sizes = str(tuple(int(size) for size in shape))
    comma = "," if len(shape) == 1 else ""
    return _("an array of shape {shape}").format(shape=f"({', '.join(letters)}{comma}) = {sizes}" if letters else sizes)


_HOWS = {
    "case": N_("The parameter {parameter} was read as {quantity}: the names differ in case or underscores only."),
    "alias": N_("The parameter {parameter} was read as {quantity}, which the homework lists as another name for it."),
    "position": N_(
        "The parameter {parameter} was read as {quantity}, by its position: "
        "the homework knows no quantity of that name."
    ),
}


def binding_notes(function: str, bound: Bound | None) -> list[str]:
    """What was read otherwise than to the letter."""
    if bound is None:
        return []
    notes = []
    if bound.found_as and bound.found_as != function:
        notes.append(_("The function {found} was read as {function}.").format(found=bound.found_as, function=function))
    for parameter, quantity, how in bound.readings:
        if how in _HOWS:
            notes.append(_(_HOWS[how]).format(parameter=parameter, quantity=quantity))
    if any(how == "wrapped" for *_names, how in bound.readings):
        message = _("The parameters of {function} are hidden, by a decorator perhaps; it was called with {quantities}.")
        quantities = ", ".join(reading[1] for reading in bound.readings)
        notes.append(message.format(function=function, quantities=quantities))
    return notes


def carried_note(function: str, earlier: str, score: float, max_score: float, own: str = "") -> str:
    """The sentence for a function that is right for the student's own wrong value of an earlier one.

    `own` is what the student's code gives, where what is graded earlier has a name that no student wrote.
    """
    message = (
        _(
            "{function} is right for the {own} that your own code gives, so the error counts once, under {earlier}: "
            "{score} of {max_score} points here."
        )
        if own and own != earlier
        else _(
            "{function} is right for what your own {earlier} gives, so the error counts once, there: "
            "{score} of {max_score} points here."
        )
    )
    return message.format(function=function, earlier=earlier, own=own, score=f"{score:g}", max_score=f"{max_score:g}")


def unpaid_note(check: str, message: str) -> str:
    """The sentence for a check that fails and costs nothing."""
    return _("With {check}, which cost no points here: {message}").format(check=named(check), message=message)


def credit_note(mistake: str, share: float) -> str:
    """The sentence for points that a rubric gives for a known mistake."""
    message = _("Checks that failed keep {percent} % of their points: the homework has it so for {mistake}.")
    return message.format(percent=f"{100 * share:g}", mistake=mistake)


def left_out_notes(left_out: Sequence[LeftOut]) -> list[str]:
    """What of the file was not run. A file with many such statements gets the first few."""
    notes = []
    for statement in left_out[:5]:
        text = statement.text.rstrip(".")
        if statement.fatal:
            message = _("Line {line} could not be run: {reason}, so it was left out. The rest of the file was graded.")
        else:
            message = _("Line {line} could not be run: {reason}. The rest of the file was graded.")
        notes.append(message.format(line=statement.where or statement.line, reason=text))
    if len(left_out) > 5:
        notes.append(_("{count} more statements of the file could not be run.").format(count=len(left_out) - 5))
    return notes


def writes_into(function: str, changed: Sequence[str]) -> str:
    """The sentence for a function that changes its arguments."""
    names = reduce(lambda names, last: _("{names} and {last}").format(names=names, last=last), changed)
    return _(
        "{function} writes into its argument {names}: work on a copy, so that the caller's array stays as it was."
    ).format(function=function, names=names)


def _unbound(unknown: Sequence[str], offered: Sequence[str]) -> str:
    return n_(
        "It asks for the parameter {names}, which can not be supplied. It may ask for: {offered}.",
        "It asks for the parameters {names}, which can not be supplied. It may ask for: {offered}.",
        len(unknown),
    ).format(names=", ".join(unknown), offered=", ".join(offered))
