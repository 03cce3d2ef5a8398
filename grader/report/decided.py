"""What a teacher decided, in sentences: for the student, and with author, reason and ground for the course staff."""

from __future__ import annotations

from grader.language import _, n_
from grader.models import Decided, Lateness, Said
from grader.report.text import visible
from grader.report.words import exactly, of

_LONGEST = 600


def decided_for_student(decided: Decided | None) -> tuple[str, ...]:
    """What the page of a student says about decisions, one sentence each; comments are in `comments`."""
    if decided is None:
        return ()
    said = [sentence for override in decided.overrides if (sentence := _for_student(override))]
    return (*said, *_late_for_student(decided.late, decided))


def comments(decided: Decided | None, function: str | None) -> tuple[tuple[str, str], ...]:
    """The comments on a function, or on the whole, each with its author."""
    overrides = decided.overrides if decided is not None else ()
    return tuple(
        (visible(override.comment, _LONGEST), visible(override.author, 80))
        for override in overrides
        if override.comment and override.function == function
    )


def decided_for_staff(decided: Decided | None) -> tuple[str, ...]:
    """Every decision about a student, with its author and its reason, and what lateness cost."""
    if decided is None:
        return ()
    said = [_for_staff(override) for override in decided.overrides]
    return (*said, *_late_for_staff(decided.late))


def changed_since(decided: Decided | None) -> tuple[str, ...]:
    """A sentence for each decision whose ground is no longer what it was."""
    overrides = decided.overrides if decided is not None else ()
    return tuple(_changed(override) for override in overrides if override.changed)


def _for_student(said: Said) -> str:
    author = visible(said.author, 80)
    function = visible(said.function or "", 80)
    if said.excused:
        if said.function is None:
            return _("This work does not count, neither for you nor against you. Decided by {author}.").format(
                author=author
            )
        return _("{function} does not count, neither for you nor against you. Decided by {author}.").format(
            function=function, author=author
        )
    if said.points is not None:
        worth = of(exactly(said.points), exactly(said.max_score))
        judged = _("an unknown score") if said.judged is None else exactly(said.judged)
        if said.function is None:
            return _("The whole: {worth}, set by {author} in place of {judged}.").format(
                worth=worth, author=author, judged=judged
            )
        return _("{function}: {worth}, set by {author} in place of {judged}.").format(
            function=function, worth=worth, author=author, judged=judged
        )
    return ""


def _late_for_student(late: Lateness | None, decided: Decided) -> tuple[str, ...]:
    if late is None:
        return ()
    if late.submitted_at is None and late.marked_late:
        return (
            _(
                "The learning platform says that this was handed in late, but not when. Nothing is taken off for "
                "lateness."
            ),
        )
    if late.submitted_at is None:
        return (_("It is not known when this was handed in. Nothing is taken off for lateness."),)
    due = _("This work was due on {due} ({timezone}).").format(due=late.due, timezone=late.timezone)
    if late.extended:
        due = _("This work was due on {due} ({timezone}), the extension included.").format(
            due=late.due, timezone=late.timezone
        )
    if not late.days:
        return (due,) if late.extended else ()
    said = n_(
        "It was handed in on {submitted}, {count} day late.", "It was handed in on {submitted}, {count} days late.",
        late.days,
    ).format(submitted=_clock(late.submitted_at), count=late.days)  # fmt: skip
    return (f"{due} {said} {_cost(late, decided)}",)


def _cost(late: Lateness, decided: Decided) -> str:
    if late.before is None:
        return ""
    if late.refused:
        return _("That is too late to be given points. Before: {before}. After: {after}.").format(
            before=of(exactly(late.before), exactly(decided.max_score)), after=exactly(decided.score or 0.0)
        )
    if not late.penalty:
        return _("That costs nothing.")
    return _("Points off for lateness: {penalty}. Before: {before}. After: {after}.").format(
        penalty=exactly(late.penalty),
        before=of(exactly(late.before), exactly(decided.max_score)),
        after=exactly(decided.score or 0.0),
    )


def _clock(moment: str) -> str:
    """A moment of the course's clocks as it is read: without a fraction of a second."""
    return moment.partition(".")[0]


def _for_staff(said: Said) -> str:
    function = visible(said.function or "", 80) or _("the whole")
    if said.excused:
        what = _("excused")
    elif said.points is not None:
        judged = _("an unknown score") if said.judged is None else exactly(said.judged)
        worth = of(exactly(said.points), exactly(said.max_score))
        what = _("{worth} in place of {judged}").format(worth=worth, judged=judged)
    elif said.extension is not None:
        what = _("due on {due}").format(due=visible(said.extension, 40))
    else:
        what = _("a comment")
    return _("{function}: {what} ({author}: {reason})").format(
        function=function, what=what, author=visible(said.author, 80), reason=visible(said.reason, 200)
    )


def _late_for_staff(late: Lateness | None) -> tuple[str, ...]:
    if late is None or not late.days:
        return ()
    return (
        n_("{count} day late; points off: {penalty}", "{count} days late; points off: {penalty}", late.days).format(
            count=late.days, penalty=exactly(late.penalty)
        ),
    )


def _changed(said: Said) -> str:
    function = visible(said.function or "", 80) or _("the whole")
    if "nothing to apply to" in said.changed:
        return _("{function}: decided, but the grader has no judgement that it could apply to.").format(
            function=function
        )
    if said.changed == ("file",):
        what = _("the student's file has changed since")
    elif said.changed == ("judgement",):
        what = _("the grader's judgement has changed since")
    else:
        what = _("the student's file and the grader's judgement have changed since")
    return _("{function}: decided by {author}, and {what}. If it still holds, write ground: {ground}").format(
        function=function, author=visible(said.author, 80), what=what, ground=said.ground_now
    )
