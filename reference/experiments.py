"""The experiments of the practical part: the circles grid, digits, Fashion-MNIST, and loops against matrices.

    python -m reference.network circles | digits | fashion-mnist | time       (--help says what each can be told)

Progress goes to the standard error, results to the standard output and to files. The exit code is 0, 1 for a gradient
that is wrong, 2 for data or packages that are missing.
"""

import argparse
import csv
import importlib
import itertools
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from reference.data import Data, DataError, digits, fashion_mnist, two_circles
from reference.gradient_check import AGREES, KINK, WRONG, ZERO, check_gradients
from reference.network import Network, cross_entropy

RATES, PENALTIES = (0.05, 0.005), (0.0, 0.01)
PARTS = ("train", "validation", "test")
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
MEASURED = [f"{part}_{what}" for part in PARTS for what in ("loss", "accuracy")]
Line = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one experiment; the exit code."""
    args = _parser().parse_args(arguments)
    try:
        exit_code: int = args.run(args)
    except DataError as error:
        print(f"network: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("network: stopped; the log holds the epochs so far", file=sys.stderr)
        return 130
    return exit_code


def on_one_thread() -> None:
    """Begin this program again with one thread for the products of matrices, unless someone has said how many.

    These products are hardly worth sharing, and threads that wait for each other on a busy machine can take ten times
    as long as one. The number is read when numpy is loaded, so it can not be changed later.
    """
    if not any(name in os.environ for name in THREADS):
        command = [sys.executable, "-m", "reference.network", *sys.argv[1:]]
        os.execve(sys.executable, command, os.environ | dict.fromkeys(THREADS, "1"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reference.network", description="Experiments with the network.")
    commands = parser.add_subparsers(required=True, metavar="circles | digits | fashion-mnist | time")

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(
            name, help=text, description=text, formatter_class=argparse.ArgumentDefaultsHelpFormatter
        )
        sub.set_defaults(run=run)
        sub.add_argument("--seed", type=_count, default=0, help="of the data, the first weights and the order")
        return sub

    circles = command("circles", run_circles, "A grid of hyperparameters on two circles, with decision boundaries.")
    circles.add_argument("--epochs", type=_positive, nargs="+", default=[25, 100], metavar="N", help="where to stop")
    circles.add_argument("--hidden", type=_positive, nargs="+", default=[5, 100], metavar="N", help="units")
    circles.add_argument("--batch-size", type=_positive, default=10, metavar="K", help="examples a step")
    circles.add_argument("--examples", type=_positive, default=1000, metavar="N", help="for training")
    circles.add_argument("--out", type=Path, default=Path("reports/network/circles"), metavar="DIR")

    learn_digits = command("digits", run_digits, "The 1,797 small digits that scikit-learn brings.")
    _learning(learn_digits, "digits", epochs=100, batch_size=32, rate=0.1, l2=0.0001, dtype="float64")
    fashion = command("fashion-mnist", run_fashion_mnist, "Fashion-MNIST, from its four IDX files.")
    fashion.add_argument("--data", type=Path, default=Path("data/fashion-mnist"), metavar="DIR", help="with the files")
    fashion.add_argument("--validation", type=_positive, default=10_000, metavar="N", help="examples set apart")
    _learning(fashion, "fashion-mnist", epochs=100, batch_size=256, rate=0.001, l2=0.001, dtype="float32")

    timing = command("time", run_time, "Seconds an epoch: loops against matrices, float32 against float64.")
    for name, size in (("examples", 60_000), ("inputs", 784), ("hidden", 50), ("classes", 10), ("batch-size", 100)):
        timing.add_argument(f"--{name}", type=_positive, default=size, metavar="N", help="of the random data and net")
    return parser


def _learning(
    parser: argparse.ArgumentParser, name: str, *, epochs: int, batch_size: int, rate: float, l2: float, dtype: str
) -> None:
    parser.add_argument("--epochs", type=_positive, default=epochs, metavar="N", help="passes over the training set")
    parser.add_argument("--batch-size", type=_positive, default=batch_size, metavar="K", help="examples a step")
    parser.add_argument("--hidden", type=_positive, default=50, metavar="N", help="units")
    parser.add_argument("--learning-rate", type=_weight, default=rate, metavar="R", help="times the gradient")
    parser.add_argument("--l1", type=_weight, default=0.0, metavar="L", help="penalty on absolute weights, both layers")
    parser.add_argument("--l2", type=_weight, default=l2, metavar="L", help="penalty on squared weights, both layers")
    parser.add_argument("--dtype", choices=("float32", "float64"), default=dtype, help="of all that is computed")
    parser.add_argument("--out", type=Path, default=Path("reports/network", name), metavar="DIR", help="for files")


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 0 on")
    return int(text)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1 on")
    return int(text)


def _weight(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a number from 0 on")
    return value


# ---------------------------------------------------------------- the circles


class Setting(NamedTuple):
    """One training of the grid; the L1 and the L2 weight hold for both layers."""

    hidden: int
    learning_rate: float
    l1: float
    l2: float

    def network(self, seed: int) -> Network:
        """The network that starts with this setting."""
        return Network(2, self.hidden, 2, seed=seed, l11=self.l1, l12=self.l2, l21=self.l1, l22=self.l2)

    def name(self) -> str:
        """For a file."""
        return f"hidden-{self.hidden}-rate-{self.learning_rate:g}-l1-{self.l1:g}-l2-{self.l2:g}"


def run_circles(args: argparse.Namespace) -> int:
    """Check gradients, train the grid, write its table, its log and its pictures to `args.out`."""
    pictures = _pictures()
    out, stops, sizes = _folder(args.out), sorted(set(args.epochs)), sorted(set(args.hidden))
    data = two_circles(args.seed, train=args.examples)
    checked = _write_gradient_checks(out / "gradient-check.txt", data, args.seed)
    settings = [Setting(*each) for each in itertools.product(sizes, RATES, PENALTIES, PENALTIES)]
    rows: list[Line] = []
    seen: dict[tuple[Setting, int], Any] = {}
    with _progress() as progress, _log(out / "log.csv", [*Setting._fields, "epoch", *MEASURED, "seconds"]) as write:
        task = progress.add_task("circles", total=stops[-1] * len(settings))
        for setting in settings:
            network, lines = setting.network(args.seed), []
            for line in _epochs(network, data, stops[-1], args.batch_size, setting.learning_rate):
                lines.append(line)
                write({**setting._asdict(), **line})
                progress.advance(task)
                if line["epoch"] in stops:
                    rows.append({**setting._asdict(), **{key: line[key] for key in ("epoch", *MEASURED)}})
                    panel = f"rate {setting.learning_rate:g}, {line['epoch']} epochs\nL1 {setting.l1:g}, "
                    panel += f"L2 {setting.l2:g}: {line['test_accuracy']:.1%}"
                    seen[setting, line["epoch"]] = pictures.Panel(panel, network.copy())
            _folder(out / "curves")
            pictures.curves(out / "curves" / f"{setting.name()}.svg", lines, setting.name())
        for hidden in sizes:
            grid = [
                [seen[Setting(hidden, rate, l1, l2), stop] for l1, l2 in itertools.product(PENALTIES, PENALTIES)]
                for rate, stop in itertools.product(RATES, stops)
            ]
            title = f"{hidden} hidden units (accuracy on the test set)"
            pictures.boundaries(out / f"hidden-{hidden}.png", grid, data.train, title)
    with _log(out / "grid.csv", list(rows[0])) as write:
        for row in rows:
            write(row)
    _print_grid(rows, out)
    counts = f"{checked[AGREES]} agree, {checked[WRONG]} are wrong, {checked[ZERO] + checked[KINK]} can not be tested"
    print(f"Gradient checks, by entries: {counts}; see {out / 'gradient-check.txt'}")
    return 1 if checked[WRONG] else 0


def _write_gradient_checks(path: Path, data: Data, seed: int) -> Counter[str]:
    """Two hidden units, batches of 1 and of 10, loops and matrices, with and without penalties; entries by state."""
    texts: list[str] = []
    counts: Counter[str] = Counter()
    X, y = data.train
    for size, loop, penalty in itertools.product((1, 10), (False, True), PENALTIES):
        check = check_gradients(Setting(2, 0.0, penalty, penalty).network(seed), X[:size], y[:size], loop=loop)
        for each in check.parameters:
            counts.update(each.states.ravel().tolist())
        head = f"batch of {size}, {'loops' if loop else 'matrices'}, L1 and L2 {penalty:g}"
        texts.append(f"{head}\n{'-' * len(head)}\n{check}\n")
    path.write_text("\n".join(texts), encoding="utf-8")
    return counts


def _print_grid(rows: Sequence[Line], out: Path) -> None:
    table = Table(title="Two circles: accuracy")
    for column in ("hidden", "rate", "L1", "L2", "epochs", *PARTS):
        table.add_column(column, justify="right")
    for row in rows:
        numbers = [f"{row[key]:g}" for key in (*Setting._fields, "epoch")]
        table.add_row(*numbers, *(f"{row[f'{part}_accuracy']:.1%}" for part in PARTS))
    Console().print(table)
    for hidden in sorted({row["hidden"] for row in rows}):
        best = max((row for row in rows if row["hidden"] == hidden), key=lambda row: row["validation_accuracy"])
        print(f"{hidden} hidden units: {best['test_accuracy']:.1%} on the test set, by the best on the validation set")
    print(f"Pictures, curves, table and log are in {out}")


# ---------------------------------------------------------------- images


def run_digits(args: argparse.Namespace) -> int:
    """Train on the digits; write log and curves to `args.out`."""
    return _learn(args, digits(args.seed, dtype=args.dtype), "digits")


def run_fashion_mnist(args: argparse.Namespace) -> int:
    """Train on Fashion-MNIST; write log and curves to `args.out`."""
    data = fashion_mnist(args.data, args.seed, validation=args.validation, dtype=args.dtype)
    return _learn(args, data, "Fashion-MNIST")


def _learn(args: argparse.Namespace, data: Data, title: str) -> int:
    pictures = _pictures()
    out = _folder(args.out)
    penalties = {"l11": args.l1, "l12": args.l2, "l21": args.l1, "l22": args.l2}
    network = Network(data.train[0].shape[1], args.hidden, data.classes, seed=args.seed, dtype=args.dtype, **penalties)
    lines: list[Line] = []
    with _progress() as progress, _log(out / "log.csv", ["epoch", *MEASURED, "seconds"]) as write:
        task = progress.add_task(title, total=args.epochs)
        for line in _epochs(network, data, args.epochs, args.batch_size, args.learning_rate):
            lines.append(line)
            write(line)
            progress.advance(task)
    pictures.curves(out / "curves.svg", lines, title)
    best, last = max(lines, key=lambda line: line["validation_accuracy"]), lines[-1]
    for name, line in (("best on validation", best), ("last", last)):
        figures = ", ".join(f"{part} {line[f'{part}_accuracy']:.2%}" for part in PARTS)
        print(f"{name}: epoch {line['epoch']}: {figures}")
    print(f"an epoch of {len(data.train[0])} examples: {np.median([line['seconds'] for line in lines]):.3f} s")
    print(f"Curves and log are in {out}")
    return 0


def _epochs(network: Network, data: Data, epochs: int, batch_size: int, learning_rate: float) -> Iterator[Line]:
    """Train, one epoch after the other: a line of the log after each. Losses are without the penalty."""
    for epoch in range(1, epochs + 1):
        start = time.perf_counter()
        network.train(*data.train, batch_size=batch_size, learning_rate=learning_rate)
        line: Line = {"epoch": epoch, "seconds": time.perf_counter() - start}
        for part, (X, y) in data.parts().items():
            oa = network.fprop(X).oa
            line[f"{part}_loss"] = cross_entropy(oa, y)
            line[f"{part}_accuracy"] = float(np.mean(np.argmax(oa, axis=1) == y))
        yield line


# ---------------------------------------------------------------- time


def run_time(args: argparse.Namespace) -> int:
    """Print the seconds of one epoch on random data, in each form and dtype."""
    table = Table(
        title=f"One epoch: {args.examples} x {args.inputs}, {args.hidden} hidden, batches of {args.batch_size}"
    )
    for column in ("dtype", "loops, s", "matrices, s", "loops / matrices"):
        table.add_column(column, justify="right")
    rng = np.random.default_rng(args.seed)
    drawn, y = rng.random((args.examples, args.inputs)), rng.integers(0, args.classes, size=args.examples)
    with _progress() as progress:
        task = progress.add_task("time", total=8)
        for dtype in ("float64", "float32"):
            X = drawn.astype(dtype)
            best = {True: float("inf"), False: float("inf")}
            for loop in (False, False, False, True):
                network = Network(args.inputs, args.hidden, args.classes, seed=args.seed, dtype=dtype)
                start = time.perf_counter()
                network.train(X, y, batch_size=args.batch_size, loop=loop)
                best[loop] = min(best[loop], time.perf_counter() - start)
                progress.advance(task)
            table.add_row(dtype, f"{best[True]:.3f}", f"{best[False]:.3f}", f"{best[True] / best[False]:.1f}")
    Console().print(table)
    print("The loops ran once; of the matrices, it is the best of three.")
    return 0


# ---------------------------------------------------------------- what they share


def _pictures() -> Any:
    """The module that draws, imported when it is needed: it alone needs matplotlib."""
    try:
        return importlib.import_module("reference.pictures")
    except ImportError as error:
        raise DataError("Pictures need matplotlib, which is missing: pip install 'grader[plots]'") from error


def _folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataError(f"{path} cannot be made: {error.strerror}") from error
    return path


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True))


@contextmanager
def _log(path: Path, columns: Sequence[str]) -> Iterator[Callable[[Line], None]]:
    """A CSV file, written line by line, so that a run that is cut short leaves what it had."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()

        def write(line: Line) -> None:
            writer.writerow({key: round(v, 6) if isinstance(v, float) else v for key, v in line.items()})
            file.flush()

        yield write
