"""What arguments of the command look like."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from grader.errors import ExportError, SubmissionError

DEFAULT_SEED = 0
"""what trials are drawn with, unless another seed is named"""


def parser_of(name: str, description: str, epilog: str) -> argparse.ArgumentParser:
    """The parser of a command: its texts as they are written, and no option cut short."""
    return argparse.ArgumentParser(
        prog=name, description=description, epilog=epilog, formatter_class=layout, allow_abbrev=False
    )


def layout(prog: str) -> argparse.HelpFormatter:
    """How the help of every command is laid out."""
    return argparse.RawDescriptionHelpFormatter(prog, max_help_position=26, width=96)


def add_seed(parser: argparse.ArgumentParser, what: str) -> None:
    """The option that draws other trials."""
    said = f"{what} other trials (default: {DEFAULT_SEED})"
    parser.add_argument("--seed", type=natural, metavar="S", default=DEFAULT_SEED, help=said)


def positive(text: str) -> int:
    """A whole number from 1 on."""
    number = natural(text) if text.isascii() and text.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"found {text!r}, expected a whole number from 1 on")
    return number


def natural(text: str) -> int:
    """A whole number from 0 on, of nine digits at most."""
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise argparse.ArgumentTypeError(f"found {text!r}, expected a whole number from 0 on")
    return int(text)


def positive_points(text: str) -> float:
    """A number of points above 0."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number <= 1_000_000:
        raise argparse.ArgumentTypeError(f"found {text!r}, expected a number of points above 0")
    return number


def make_folder(folder: Path) -> None:
    """Make the folder that pages go into. Raises SubmissionError where that can not be, or nothing can be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK)
    except OSError:
        writable = False
    if not writable:
        raise SubmissionError(f"{folder}: pages can not be written into this folder; name another with --out")


def refuse_existing(path: Path, force: bool, noun: str = "file") -> None:
    """Raise ExportError where something would be overwritten, unless it is to be."""
    if path.exists() and not force:
        raise ExportError(f"{path}: this exists already; name another {noun} with --out, or overwrite it with --force")
