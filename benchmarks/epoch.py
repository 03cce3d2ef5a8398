"""How long is one epoch of the reference network, against PyTorch and scikit-learn?

    python benchmarks/epoch.py [--examples 60000] [--rounds 7] [--sizes 15000 30000 60000 120000]

The same network for all, 784 inputs, 50 hidden rectifiers and 10 classes, on the same random data, by gradient descent
without momentum or penalty on shuffled batches of 100, on one thread each; all compute the loss of each batch. Ours is
`reference.network.Network`, in plain numpy. The contestants take turns, round after round; a round times one epoch of
each, from data in memory; scikit-learn's is a third of a `fit` of three, which spreads its first look at the data. A
ratio is ours over theirs. A rival that is not installed is left out, with a sentence. Then ours alone, on other numbers
of examples. Times are of this machine at this moment: compare figures of one run.
"""

from __future__ import annotations

import argparse
import importlib
import os
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))

from reference.network import Network

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
INPUTS, HIDDEN, CLASSES, BATCH, RATE = 784, 50, 10, 100, 0.1
TARGET = 0.8
Floats = NDArray[Any]
Labels = NDArray[np.int64]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=60_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--sizes", type=int, nargs="*", default=[15_000, 30_000, 60_000, 120_000], metavar="N")
    args = parser.parse_args()
    if any(os.environ.get(name) != "1" for name in THREADS):  # read when a library is loaded: begin again
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | dict.fromkeys(THREADS, "1"))
    contestants = {"ours": ours, **rivals()}
    for dtype in ("float64", "float32"):
        X, y = draw(args.examples, dtype)
        seconds: dict[str, list[float]] = {name: [] for name in contestants}
        for _ in range(args.rounds):
            for name, epoch in contestants.items():
                seconds[name].append(epoch(X, y))
        print_contest(f"{dtype}, {args.examples} x {INPUTS}, {args.rounds} rounds", seconds)
    for dtype in ("float64", "float32"):
        print_sizes(dtype, args.sizes, args.rounds)


def draw(n: int, dtype: str) -> tuple[Floats, Labels]:
    """Random examples from 0 to 1, and random labels."""
    rng = np.random.default_rng(0)
    return rng.random((n, INPUTS), dtype=np.dtype(dtype).type), rng.integers(0, CLASSES, size=n)


# ---------------------------------------------------------------- contestants: seconds of one epoch


def ours(X: Floats, y: Labels) -> float:
    """One epoch of the reference network."""
    network = Network(INPUTS, HIDDEN, CLASSES, dtype=X.dtype)
    start = time.perf_counter()
    network.train(X, y, batch_size=BATCH, learning_rate=RATE)
    return time.perf_counter() - start


def rivals() -> dict[str, Callable[[Floats, Labels], float]]:
    """Those that are installed."""
    found: dict[str, Callable[[Floats, Labels], float]] = {}
    for name, module, make in (("PyTorch", "torch", pytorch), ("scikit-learn", "sklearn.neural_network", scikit_learn)):
        try:
            library = importlib.import_module(module)
        except ImportError:
            print(f"{name} is left out: it is not installed")
        else:
            found[name] = make(library)
    return found


def pytorch(torch: Any) -> Callable[[Floats, Labels], float]:
    """The usual loop: a shuffled index, a batch by its part of it, forward, backward, step."""
    torch.set_num_threads(1)

    def epoch(X: Floats, y: Labels) -> float:
        examples, labels = torch.from_numpy(X), torch.from_numpy(y)
        layers = torch.nn.Linear(INPUTS, HIDDEN), torch.nn.ReLU(), torch.nn.Linear(HIDDEN, CLASSES)
        network = torch.nn.Sequential(*layers).to(examples.dtype)
        loss, descent = torch.nn.CrossEntropyLoss(), torch.optim.SGD(network.parameters(), lr=RATE)
        start = time.perf_counter()
        order = torch.randperm(len(X))
        for first in range(0, len(X), BATCH):
            chosen = order[first : first + BATCH]
            descent.zero_grad()
            loss(network(examples[chosen]), labels[chosen]).backward()
            descent.step()
        return time.perf_counter() - start

    return epoch


def scikit_learn(library: Any) -> Callable[[Floats, Labels], float]:
    """MLPClassifier, with several epochs in one call."""
    epochs = 3

    def epoch(X: Floats, y: Labels) -> float:
        network = library.MLPClassifier(
            hidden_layer_sizes=(HIDDEN,),
            solver="sgd",
            alpha=0.0,
            batch_size=BATCH,
            learning_rate_init=RATE,
            momentum=0.0,
            nesterovs_momentum=False,
            max_iter=epochs,
            n_iter_no_change=epochs + 1,
            random_state=0,
        )
        start = time.perf_counter()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it has not converged
            network.fit(X, y)
        return (time.perf_counter() - start) / epochs

    return epoch


# ---------------------------------------------------------------- tables


def print_contest(title: str, seconds: dict[str, list[float]]) -> None:
    """The best and the median of each, and ours over theirs."""
    print(f"\n{title}\n{'':<14}{'best, s':>10}{'median, s':>12}{'ours/its best':>16}{'ours/its median':>18}")
    own_best, own_median = min(seconds["ours"]), statistics.median(seconds["ours"])
    for name, times in seconds.items():
        best, median = own_best / min(times), own_median / statistics.median(times)
        reached = "" if name == "ours" else "  reached" if max(best, median) <= TARGET else "  NOT REACHED"
        print(f"{name:<14}{min(times):>10.3f}{statistics.median(times):>12.3f}{best:>16.2f}{median:>18.2f}{reached}")


def print_sizes(dtype: str, sizes: list[int], rounds: int) -> None:
    """Ours on several numbers of examples, in turns: seconds, and microseconds an example."""
    if not sizes:
        return
    X, y = draw(max(sizes), dtype)
    seconds = {n: [float("inf")] for n in sizes}
    for _ in range(rounds):
        for n in sizes:
            seconds[n].append(ours(X[:n], y[:n]))
    print(f"\n{dtype}, ours by the number of examples, best of {rounds} rounds")
    for n in sizes:
        print(f"{n:>10}{min(seconds[n]):>10.3f} s{1e6 * min(seconds[n]) / n:>10.2f} µs an example")


if __name__ == "__main__":
    main()
