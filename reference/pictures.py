"""Pictures of what a network learned: decision boundaries, and curves of loss and accuracy. Needs matplotlib."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

from reference.data import Examples
from reference.network import Network

AREAS = ListedColormap(["#cfe3f5", "#fbdcc4"])
POINTS = ("#1f5f99", "#b8500f")
LINES = {"train": ("#1f5f99", "-"), "validation": ("#b8500f", "--"), "test": ("#3c7a3c", ":")}


class Panel(NamedTuple):
    """One field of a grid: a network as it was at some time, and what stands above it."""

    title: str
    network: Network


def boundaries(path: Path, rows: Sequence[Sequence[Panel]], examples: Examples, title: str) -> None:
    """Write a PNG with one field a panel: where the network of two inputs says which class, and the examples."""
    height = 2.9 * len(rows) + 0.5
    figure = Figure(figsize=(2.5 * len(rows[0]), height))
    figure.suptitle(title, y=1 - 0.2 / height)
    fields = figure.subplots(len(rows), len(rows[0]), squeeze=False)
    figure.subplots_adjust(0.01, 0.1 / height, 0.99, 1 - 0.8 / height, wspace=0.04, hspace=0.18)
    for field, panel in zip(fields.flat, (panel for row in rows for panel in row), strict=True):
        _boundary(field, panel.network, examples)
        field.set_title(panel.title, fontsize=8)
    figure.savefig(path, dpi=110)


def _boundary(field: Axes, network: Network, examples: Examples, steps: int = 200) -> None:
    X, y = examples
    edge = 1.1 * float(np.max(np.abs(X)))
    line = np.linspace(-edge, edge, steps)
    points = np.stack([each.ravel() for each in np.meshgrid(line, line)], axis=1)
    said = network.predict(points).reshape(steps, steps)
    field.imshow(said, origin="lower", extent=(-edge, edge, -edge, edge), cmap=AREAS, vmin=0, vmax=1)
    for label, colour in enumerate(POINTS):
        field.plot(*X[y == label].T, ".", color=colour, markersize=1.5)
    field.set_xticks([])
    field.set_yticks([])


def curves(path: Path, log: Sequence[Mapping[str, Any]], title: str) -> None:
    """Write an SVG with the loss and the accuracy of each part over the epochs; equal logs give equal bytes.

    Each line of the log has `epoch`, and `<part>_loss` and `<part>_accuracy` for train, validation and test.
    """
    with mpl.rc_context({"svg.hashsalt": "network", "svg.fonttype": "none"}):
        figure = Figure(figsize=(9, 3.8))
        figure.suptitle(title)
        figure.subplots_adjust(0.07, 0.13, 0.98, 0.88, wspace=0.2)
        epochs = [line["epoch"] for line in log]
        for field, what in zip(figure.subplots(1, 2), ("loss", "accuracy"), strict=True):
            for part, (colour, dashes) in LINES.items():
                values = [line[f"{part}_{what}"] for line in log]
                field.plot(epochs, values, dashes, color=colour, label=part, marker="." if len(log) == 1 else "")
            field.set_xlabel("epoch")
            field.set_ylabel(what)
            field.grid(alpha=0.3)
            field.legend()
        figure.savefig(path, metadata={"Date": None})
