"""Arguments in, exit code out: the only file that prints.

Exit codes: 0 everything was graded; 1 a score is below --fail-under (one file: below full marks); 2 usage, rubric or
submissions folder wrong; 3 no sandbox holds here, so nothing was run, or some submission could not be judged, through
our own fault; 130 interrupted.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from grader import __version__
from grader.batch import Job, grade_all, result_text
from grader.ci.actions import OnlyOurs, add_summary, annotations_of, summary, under_actions
from grader.cli.arguments import add_seed, make_folder, parser_of, positive
from grader.cli.audit import run_audit
from grader.cli.bundle import run_bundle
from grader.cli.diff import run_diff
from grader.cli.export import FORMATS, run_export
from grader.cli.kit import run_kit
from grader.cli.new import run_new
from grader.cli.override import run_override
from grader.cli.schema import run_schema
from grader.decisions import (
    TIMES,
    Decisions,
    hide_names,
    overrides_path,
    read_names,
    read_overrides,
    read_times,
    tells_names,
)
from grader.diagnose import check_names
from grader.errors import GraderError, PackageError, SandboxError, SubmissionError, UnsafeError
from grader.grade import grade
from grader.homework import Homework, homework_of
from grader.language import LANGUAGES, Language, speaking
from grader.models import HandIn, Late, Rubric
from grader.places import Matched, find_rubrics, folder_for, match_folders, rubric_for_file
from grader.report import (
    Entry,
    Row,
    class_page,
    front_page,
    gradebook,
    page_name,
    prepare_pages,
    student_page,
    visible,
    write,
)
from grader.report.terminal import class_table, decisions_told, doctors_report, self_check
from grader.reveal import published
from grader.rubric import RubricFile, read_rubric
from grader.sandbox import LOCKED, Choice, Level, Setting, choose, expect, processors, refusal, run, try_level
from grader.submissions import (
    ROSTERS,
    SUFFIXES,
    Roster,
    downloaded,
    find_hand_ins,
    read_roster,
    read_submission,
    said_of,
)

_DESCRIPTION = """\
Grade machine-learning homework: fair scores, and the reason for every lost point.

  grade submissions/          grade every submission of every homework in the folder,
                              and write a page per student and a class page to reports/
  grade export.zip            the same for a download from Moodle, Canvas, Gradescope or GitHub
  grade hw3.py                check one file: the verdict of each check, in the terminal
  grade new NAME              start a homework in this folder: rubric, reference, samples
  grade audit rubrics/        is a rubric right, and does it catch what it should?
  grade override RUBRIC WHO   decide in place of the grader, with an author, a reason and a ground
  grade diff OLD NEW          who gains or loses between two folders of reports, and why
  grade export FORMAT         results for Canvas, Moodle, Gradescope, Classroom 50, as JUnit, CSV
  grade kit RUBRIC            a folder for students: no hidden checks, trials as numbers
  grade bundle gradescope RUBRIC    an autograder for Gradescope, as a zip file
  grade doctor                how well this machine can lock student code in, by trying to break out
  grade schema [overrides]    the JSON Schema of a rubric, or of overrides, for editors
"""

_EPILOG = """\
where things lie
  submissions/<homework>/<student>.py       a submission; or .ipynb, .zip, a folder <student>/
  rubrics/<homework>.yaml                   what is asked for, and what it is worth
  reports/<homework>/                       index.html, a page per student, gradebook.csv, results/

examples
  grade submissions/hw3-gradients           one homework only
  grade inbox/ --rubric rubrics/hw3.yaml    a folder of any name
  grade hw3.py --rubric rubrics/hw3.yaml    a student's self-check
  grade submissions/ --fail-under 10        exit code 1 if somebody has less than 10 points

exit codes
  0 all graded   1 a score below --fail-under (one file: below full marks)
  2 the command, a rubric or the folder is wrong
  3 no sandbox holds here and nothing was run, or something could not be judged: our fault
"""

COMMANDS: Mapping[str, Callable[[Sequence[str], Console, Console], int]] = {
    "audit": run_audit,
    "bundle": run_bundle,
    "diff": run_diff,
    "export": run_export,
    "kit": run_kit,
    "new": run_new,
    "override": run_override,
    "schema": run_schema,
}
"""The commands with arguments of their own. A file or a folder of that name goes before them."""

_PLAIN_WIDTH = 200
"""Where there is no terminal, lines are left long for whoever reads them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    command = COMMANDS.get(given[0]) if given and not Path(given[0]).exists() else None
    args = _parser().parse_args(given) if command is None else argparse.Namespace(quiet=False)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a tick in a terminal that knows none is no reason to stop
    width = None if sys.stdout.isatty() else _PLAIN_WIDTH
    out = Console(highlight=False, quiet=args.quiet, width=width)
    err = Console(stderr=True, highlight=False, soft_wrap=True)
    runner = OnlyOurs(partial(print, flush=True))
    try:
        if command is not None:
            return command(given[1:], out, err)
        if args.path == Path("doctor") and not args.path.exists():
            return _doctor(args, out)
        runner.start()
        if args.path.is_file() and not downloaded(args.path):
            return _check_file(args, out, runner)
        return _grade_folder(args, out, err)
    except GraderError as error:
        err.print(f"grade: {visible_lines(str(error))}", markup=False)
        return 3 if isinstance(error, UnsafeError | SandboxError) else 2
    except KeyboardInterrupt:
        stands = "" if command is not None else " The results so far stand; run the same command again for the rest."
        err.print(f"grade: interrupted.{stands}")
        return 130
    except BrokenPipeError:  # the reader of our output has gone, as in `grade ... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    finally:
        runner.end()


def _parser() -> argparse.ArgumentParser:
    parser = parser_of("grade", _DESCRIPTION, _EPILOG)
    parser.add_argument(
        "path",
        type=Path,
        metavar="PATH",
        help="a folder or a download of submissions, one file, or one of the commands above",
    )
    parser.add_argument("--rubric", type=Path, metavar="FILE", help="the rubric to judge by (default: found by name)")
    parser.add_argument(
        "--roster", type=Path, metavar="FILE", help="names and e-mail by id, as CSV (default: roster.csv beside them)"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="where pages and results go (default: reports/)")
    parser.add_argument(
        "--jobs",
        type=positive,
        metavar="N",
        default=len(processors()),
        help="how many at a time (default: one a processor)",
    )
    add_seed(parser, "draws")
    parser.add_argument(
        "--language", choices=LANGUAGES, help="of everything that students read (default: the rubric's)"
    )
    parser.add_argument("--fail-under", type=float, metavar="POINTS", help="exit with 1 if a score is below this")
    parser.add_argument(
        "--hide-names",
        action="store_true",
        help="ids by chance in place of names, everywhere; beside the reports, <DIR>.names.json says who is who",
    )
    parser.add_argument("--fresh", action="store_true", help="grade everything again, also where a result still stands")
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--sandbox",
        choices=[str(level) for level in LOCKED],
        metavar="LEVEL",
        help="full, strong or strict: insist on this level (default: the best that holds here; see: grade doctor)",
    )
    how.add_argument(
        "--accept-partial-sandbox",
        action="store_true",
        help="where no level holds (macOS, Windows): run with time limits only, and mark each result with it",
    )
    how.add_argument(
        "--unsafe-run-without-sandbox",
        action="store_true",
        help="run the code with your own rights, for submissions that are all trusted; each result is marked with it",
    )
    parser.add_argument("--quiet", action="store_true", help="print errors only")
    parser.add_argument("--version", action="version", version=f"grade {__version__}")
    return parser


def visible_lines(text: str) -> str:
    """Several lines, each harmless."""
    return "\n".join(visible(line, 1000) for line in text.split("\n"))


# ---------------------------------------------------------------- a folder


def _grade_folder(args: argparse.Namespace, out: Console, err: Console) -> int:
    out_folder: Path = args.out or Path("reports")
    matched = _matched(args, err)
    # Every rubric is read, and every folder listed, before the first submission is opened.
    homeworks = [_with_hand_ins(m, args, args.jobs if number == 0 else 1) for number, m in enumerate(matched)]
    _refuse_same_names([homework for homework, _, _ in homeworks])
    who: Mapping[str, str] = read_names(out_folder)
    if args.hide_names:
        make_folder(out_folder)
        who = hide_names(out_folder, [h.student for _, hand_ins, _ in homeworks for h in hand_ins])
        _refuse_names_beside([out_folder / homework.rubric.homework for homework, _, _ in homeworks], who)
        homeworks = [(homework, _hidden(hand_ins, who), others) for homework, hand_ins, others in homeworks]
    decided = [
        _decisions(homework, m.folder, hand_ins, who, args, err)
        for m, (homework, hand_ins, _) in zip(matched, homeworks, strict=True)
    ]
    prepare_pages()  # what students' code will be forked from is getting ready too
    choices = _choices([homework for homework, _, _ in homeworks], args)
    make_folder(out_folder)
    for sentence, choice in {choice.sentence: choice for choice in choices}.items():
        out.print(sentence, markup=False, style="" if choice.setting.level.locked else "bold red")
    code, entries = 0, []
    for matched_to, (homework, hand_ins, others), choice, decisions in zip(
        matched, homeworks, choices, decided, strict=True
    ):
        name = homework.rubric.homework
        others = [path for path in others if path.name != TIMES]
        for line in said_of(matched_to.folder, others, hidden=args.hide_names):
            err.print(visible(f"{name}: {line}", 1000), markup=False)
        folder, language = out_folder / name, _language(homework.rubric, args)
        with speaking(language):
            job = Job(homework, folder, choice.setting, args.fresh, language, decisions)
            roster = None if args.hide_names else _roster(args, hand_ins[0], err)
            rows = _graded(job, hand_ins, args.jobs, out, roster)
            _say_who_is_missing(name, roster, rows, out)
            _remove_strangers(folder, rows)
            write(folder / "index.html", class_page(name, homework.rubric.title, rows))
            write(folder / "gradebook.csv", gradebook(rows))
            if any(row.stood for row in rows):
                stood = sum(row.stood for row in rows)
                out.print(f"{name}: {stood} of {len(rows)} stand, because nothing that they rest on has changed")
            _print_piece(class_table(rows), out)
            for piece in decisions_told(rows):
                _print_piece(piece, out)
        entries.append(_entry(homework, rows))
        code = max(code, _code(rows, args.fail_under))
        out.print()
    # One language if all homeworks share it, else English.
    languages = {_language(homework.rubric, args) for homework, _, _ in homeworks}
    with speaking(languages.pop() if len(languages) == 1 else "en"):
        write(out_folder / "index.html", front_page(entries))
    out.print(
        f"The pages are in {visible(str(out_folder), 500)}; open {visible(str(out_folder / 'index.html'), 500)}",
        markup=False,
    )
    return code


def _roster(args: argparse.Namespace, hand_in: HandIn, err: Console) -> Roster | None:
    """The roster that is named, or that lies with the hand-ins, beside them, or one folder above."""
    path: Path | None = args.roster
    if path is None:
        place = hand_in.path if hand_in.files and hand_in.path.is_dir() else hand_in.path.parent
        folders = (place, place.parent)  # never a student's own
        path = next((folder / name for folder in folders for name in ROSTERS if (folder / name).is_file()), None)
    if path is None:
        return None
    try:
        roster = read_roster(path)
    except SubmissionError as error:
        if args.roster is not None:
            raise
        err.print(visible_lines(f"{error}; graded without it"), markup=False)
        return None
    for fault in roster.faults:
        err.print(visible_lines(fault), markup=False)
    return roster


def _say_who_is_missing(name: str, roster: Roster | None, rows: Sequence[Row], out: Console) -> None:
    """Name those of the roster from whom there is nothing."""
    if roster is None:
        return
    there = {row.student.casefold() for row in rows}
    missing = [person.name or student for student, person in roster.people.items() if student not in there]
    if missing:
        names = ", ".join(visible(each, 60) for each in missing[:10])
        more = f" and {len(missing) - 10} more" if len(missing) > 10 else ""
        out.print(f"{name}: nothing from {len(missing)} of the roster: {names}{more}", markup=False)


def _with_name(row: Row, hand_in: HandIn, roster: Roster | None) -> Row:
    """The row with what the roster says of its student, or else the download."""
    person = roster.find(row.student) if roster else None
    name, email = (
        (person.name or hand_in.name, person.email or hand_in.email) if person else (hand_in.name, hand_in.email)
    )
    return replace(row, name=name, email=email) if name or email else row


def _language(rubric: Rubric, args: argparse.Namespace) -> Language:
    """What is spoken about a homework: what the command says, else what its rubric says."""
    language: Language = args.language or rubric.language
    return language


def _homework(file: RubricFile, args: argparse.Namespace, workers: int) -> Homework:
    """The homework of a rubric; what its students' code will be forked from gets ready meanwhile."""
    expect(file.rubric.packages, insist=_insisted(args), unsafe=args.unsafe_run_without_sandbox, workers=workers)
    homework = homework_of(file, args.seed)
    check_names(homework)
    return homework


def _with_hand_ins(
    matched: Matched, args: argparse.Namespace, workers: int
) -> tuple[Homework, list[HandIn], list[Path]]:
    file = read_rubric(matched.rubric)
    with speaking(_language(file.rubric, args)):  # what is wrong with a hand-in is said to the student
        hand_ins, others = find_hand_ins(matched.folder)
    return _homework(file, args, min(workers, len(hand_ins))), hand_ins, others


def _refuse_names_beside(folders: Iterable[Path], names: Mapping[str, str]) -> None:
    """Raise SubmissionError where an export of before lies, with names, in a folder that is to have none."""
    there = [folder / name for folder in folders for name in FORMATS.values() if (folder / name).exists()]
    found = [str(path) for path in there if tells_names(path, names)]
    if found:
        raise SubmissionError(
            f"{', '.join(found)}: this was exported with names, and must not lie beside pages without; move it away or "
            "remove it, or write the pages elsewhere with --out"
        )


def _hidden(hand_ins: Sequence[HandIn], names: Mapping[str, str]) -> list[HandIn]:
    """The hand-ins under ids that say nothing, in the order of these."""
    ids = {student: anonymous for anonymous, student in names.items()}
    return sorted(
        (replace(each, student=ids[each.student], name="", email="") for each in hand_ins),
        key=lambda each: each.student,
    )


def _decisions(
    homework: Homework,
    folder: Path,
    hand_ins: Sequence[HandIn],
    names: Mapping[str, str],
    args: argparse.Namespace,
    err: Console,
) -> Decisions:
    """All that the course has decided about a homework, read before anything is graded."""
    rubric = homework.rubric
    timezone = rubric.timezone or ""  # one with a due date has one
    beside = folder if folder.is_dir() else folder.with_suffix("")  # of hw3.zip, hw3/submitted.csv
    times, faults = read_times(beside, timezone) if rubric.due is not None else ({}, [])
    for fault in faults:
        err.print(visible(fault, 1000), markup=False)
    there = {(student := names.get(each.student, each.student)).casefold(): student for each in hand_ins}
    strangers = [student for student in times if student.casefold() not in there]
    if strangers:
        who = f"{len(strangers)} ids" if args.hide_names else ", ".join(visible(each, 60) for each in strangers[:5])
        err.print(f"{beside / TIMES}: nobody here has handed in as {who}; these lines count for nothing", markup=False)
    times = {there[student.casefold()]: moment for student, moment in times.items() if student.casefold() in there}
    decisions = Decisions(
        overrides=read_overrides(homework.file, names),
        due=rubric.due,
        timezone=timezone,
        late=rubric.late or Late(),
        times=times,
        names=names if args.hide_names else {},
    )
    _say_marked_late(homework, beside / TIMES, hand_ins, decisions, err)
    for student in decisions.without_hand_in(hand_in.student for hand_in in hand_ins):
        who = "somebody" if args.hide_names else visible(student, 100)
        err.print(
            f"{overrides_path(homework.file.path)}: {who} has handed in nothing, so what is decided about this student "
            "applies to nothing",
            markup=False,
        )
    return decisions


def _say_marked_late(
    homework: Homework, place: Path, hand_ins: Sequence[HandIn], decisions: Decisions, err: Console
) -> None:
    """Name those whom a platform calls late without a word about when."""
    marked = [
        each
        for each in hand_ins
        if each.late
        and each.submitted_at is None
        and decisions.names.get(each.student, each.student) not in decisions.times
    ]
    if not marked:
        return
    names = ", ".join(visible(each.student, 60) for each in marked[:10])
    more = f" and {len(marked) - 10} more" if len(marked) > 10 else ""
    remedy = (
        f"write the times into {place}"
        if decisions.due is not None
        else "give the rubric 'due' and 'late' if it costs points"
    )
    err.print(
        f"{homework.rubric.homework}: {marked[0].system} says late, and not when: {names}{more}; nothing is taken off; "
        f"{remedy}",
        markup=False,
    )


def _insisted(args: argparse.Namespace) -> Level | None:
    return Level(args.sandbox) if args.sandbox else None


def _choices(homeworks: Sequence[Homework], args: argparse.Namespace, own: bool = False) -> list[Choice]:
    """At which level each homework's student code is run; each set of packages is tried once."""
    tried: dict[tuple[str, ...], Choice] = {}
    for homework in homeworks:
        packages = homework.rubric.packages
        try:
            if packages not in tried:
                tried[packages] = choose(
                    packages,
                    insist=_insisted(args),
                    partial=args.accept_partial_sandbox,
                    unsafe=args.unsafe_run_without_sandbox,
                    own=own,
                )
        except PackageError as error:
            names = " ".join(dict.fromkeys(name.partition(".")[0] for name in packages))
            raise PackageError(
                f"{homework.file.path}: packages: {error}. Install it where the grader is (pip install {names}), or "
                "strike it from the rubric"
            ) from None
    return [tried[homework.rubric.packages] for homework in homeworks]


def _print_piece(piece: RenderableType, out: Console) -> None:
    """Print a table or a text; where there is no terminal, without blanks at the ends of lines."""
    if out.quiet:
        return  # to lay out the table of a large class takes its time
    if out.is_terminal:
        out.print(piece, markup=False)
        return
    with out.capture() as lines:
        out.print(piece, markup=False)
    for line in lines.get().splitlines():
        out.print(line.rstrip(), markup=False, soft_wrap=True)


def _matched(args: argparse.Namespace, err: Console) -> list[Matched]:
    path: Path = args.path
    if path.is_file():  # a platform's zip file
        return [Matched(args.rubric or rubric_for_file(path, find_rubrics(path.parent)), path)]
    if not path.is_dir():
        raise SubmissionError(
            f"{path}: there is no such file or folder; name a folder or a download of submissions, or one file (.py, "
            ".ipynb or .zip)"
        )
    if args.rubric is not None:
        return [folder_for(args.rubric, read_rubric(args.rubric).rubric.homework, path)]
    matched, without = match_folders(path, find_rubrics(path))
    for folder in without:
        err.print(
            f"{visible(str(folder), 200)}: left aside, because there is no rubric {folder.name}.yaml", markup=False
        )
    return matched


def _refuse_same_names(homeworks: Iterable[Homework]) -> None:
    seen: dict[str, Path] = {}
    for homework in homeworks:
        name, path = homework.rubric.homework, homework.file.path
        if name in seen:
            raise SubmissionError(f"{seen[name]} and {path} both call themselves {name!r}; give one another name")
        seen[name] = path


def _graded(job: Job, hand_ins: Sequence[HandIn], jobs: int, out: Console, roster: Roster | None) -> list[Row]:
    """All rows in the order of the students' ids, with a sign of progress on the way."""
    name, rows = job.homework.rubric.homework, []
    total = len(hand_ins)
    of = {hand_in.student: hand_in for hand_in in hand_ins}
    origin = f", downloaded from {hand_ins[0].system}" if hand_ins[0].system else ""
    counted = f"{name}: {total} {'submission' if total == 1 else 'submissions'}{origin}"
    if out.is_terminal and not out.quiet:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        # Without a thread that refreshes it: the workers are forked while the bar is on.
        with Progress(*columns, console=out, transient=True, auto_refresh=False) as progress:
            task = progress.add_task(name, total=total)
            progress.refresh()
            for row in grade_all(job, hand_ins, jobs):
                rows.append(_with_name(row, of[row.student], roster))
                progress.update(task, advance=1, refresh=True)
    else:
        out.print(counted, markup=False)
        step = max(10, total // 10)
        for row in grade_all(job, hand_ins, jobs):
            rows.append(_with_name(row, of[row.student], roster))
            if len(rows) % step == 0 and len(rows) < total:
                out.print(f"{name}: {len(rows)} of {total} graded", markup=False)
    if out.is_terminal:
        out.print(counted, markup=False, style="bold")
    return sorted(rows, key=lambda row: row.student)


def _remove_strangers(folder: Path, rows: Sequence[Row]) -> None:
    """Remove pages and results of students who no longer hand in here: a folder shows one run, not several."""
    stems = {page_name(row.student) for row in rows} | {"index", "audit"}
    for path in (*folder.glob("*.html"), *folder.glob("results/*.json"), *folder.glob("decisions/*.json")):
        if path.stem not in stems:
            path.unlink(missing_ok=True)
    for path in (*folder.glob(".*.part"), *folder.glob("*/.*.part")):  # of a run that was killed as it wrote
        path.unlink(missing_ok=True)


def _entry(homework: Homework, rows: Sequence[Row]) -> Entry:
    scores = [row.score for row in rows if row.score is not None]
    return Entry(
        homework=homework.rubric.homework,
        title=homework.rubric.title,
        students=len(rows),
        median=statistics.median(scores) if scores else None,
        max_score=homework.rubric.max_score,
        link=f"{homework.rubric.homework}/index.html",
    )


def _code(rows: Sequence[Row], fail_under: float | None) -> int:
    counted = [row for row in rows if not row.excused]
    if any(row.score is None for row in counted):
        return 3
    return int(fail_under is not None and any((row.score or 0.0) < fail_under for row in counted))


# ---------------------------------------------------------------- one file


def _check_file(args: argparse.Namespace, out: Console, runner: OnlyOurs) -> int:
    path: Path = args.path
    if path.suffix.lower() not in (*SUFFIXES, ".zip"):
        raise SubmissionError(f"{path}: only .py, .ipynb and .zip files can be graded")
    rubric = args.rubric or rubric_for_file(path, find_rubrics(path.parent))
    homework = _homework(read_rubric(rubric), args, 1)
    (choice,) = _choices([homework], args, own=True)
    with speaking(_language(homework.rubric, args)):
        submission = read_submission(HandIn(path.stem, path), homework.rubric)
        result = grade(homework, submission, partial(run, choice.setting), choice.setting.level)
        result = published(result, homework.rubric, datetime.now(UTC))
        for piece in self_check(result, homework.rubric.homework, str(path)):
            _print_piece(piece, out)
        page = student_page(result) if args.out is not None else ""
    if under_actions():
        runner.say(annotations_of(result, str(path)))
        add_summary(summary(result, str(path)))
    if args.out is not None:
        folder = args.out / homework.rubric.homework
        write(folder / f"{page_name(result.student)}.html", page)
        write(folder / "results" / f"{page_name(result.student)}.json", result_text(result))
        out.print(f"The page is {visible(str(folder / page_name(result.student)), 500)}.html", markup=False)
    if result.score is None:
        return 3
    return int(result.score < result.max_score) if args.fail_under is None else int(result.score < args.fail_under)


# ---------------------------------------------------------------- the doctor


def _doctor(args: argparse.Namespace, out: Console) -> int:
    """What this machine can do: each level, its layers, and every attempt to break out of it."""
    insisted = _insisted(args)
    tried = [try_level(Setting(level)) for level in ([insisted] if insisted else LOCKED)]
    best = next((one for one in tried if one.holds), None)
    for piece in doctors_report(tried, best):
        _print_piece(piece, out)
    if best is None:
        raise UnsafeError(refusal(tried, insisted))
    return 0
