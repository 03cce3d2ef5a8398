"""What the network learns from: two circles that are drawn, digits that scikit-learn brings, Fashion-MNIST from files.

Every set comes in three parts, `train`, `validation` and `test`, each a pair (X, y): rows of examples, and their labels
from zero.
"""

import gzip
import importlib
import zlib
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike, NDArray

Examples = tuple[NDArray[Any], NDArray[np.intp]]

INNER_RADIUS, NOISE = 0.92, 0.012
"""Of the circles. A polygon of few sides does not fit between them, and the noise hardly makes them touch."""

IDX_TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
FASHION_MNIST = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)
"""The four files, as they are published; each may be compressed, with .gz behind its name."""


class DataError(Exception):
    """Data are missing or not what they should be; the message is for whoever started the program."""


class Data(NamedTuple):
    """Three parts of one set, and the number of its classes."""

    train: Examples
    validation: Examples
    test: Examples
    classes: int

    def parts(self) -> dict[str, Examples]:
        """The parts by their names."""
        return {"train": self.train, "validation": self.validation, "test": self.test}


def two_circles(seed: int = 0, *, train: int = 1000, validation: int = 500, test: int = 1000) -> Data:
    """Points on two circles around 0: class 0 at radius 1, class 1 at 0.92, each radius with normal noise of 0.012.

    X (n, 2), float64. Each part has a random stream of its own, so that its points do not depend on the others' sizes.
    """

    def draw(part: int, n: int) -> Examples:
        rng = np.random.default_rng([seed, part])
        y = rng.integers(0, 2, size=n).astype(np.intp)
        angle = rng.uniform(0, 2 * np.pi, size=n)
        radius = np.where(y == 1, INNER_RADIUS, 1.0) + rng.normal(scale=NOISE, size=n)
        return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1), y

    return Data(draw(0, train), draw(1, validation), draw(2, test), 2)


def digits(seed: int = 0, *, dtype: DTypeLike = np.float64) -> Data:
    """The 1,797 handwritten digits in scikit-learn, in random parts of 1,197, 300 and 300.

    X (n, 64), from 0 to 1. Raises DataError where scikit-learn is not installed.
    """
    try:
        datasets = importlib.import_module("sklearn.datasets")
    except ImportError as error:
        raise DataError("The digits come with scikit-learn, which is missing: pip install 'grader[network]'") from error
    bunch = datasets.load_digits()
    X, y = np.asarray(bunch.data / 16, dtype=dtype), np.asarray(bunch.target, dtype=np.intp)
    order = np.random.default_rng(seed).permutation(len(X))
    test, validation, train = order[:300], order[300:600], order[600:]
    return Data((X[train], y[train]), (X[validation], y[validation]), (X[test], y[test]), 10)


def fashion_mnist(folder: Path, seed: int = 0, *, validation: int = 10_000, dtype: DTypeLike = np.float32) -> Data:
    """Fashion-MNIST from its four IDX files in `folder`; `validation` random examples are set apart from training.

    X (n, 784), from 0 to 1. Raises DataError where a file is missing, unreadable, or does not fit the others.
    """
    paths = [_find(folder, name) for name in FASHION_MNIST]
    train_images, train_labels, test_images, test_labels = (read_idx(path) for path in paths)
    for images, labels, path in ((train_images, train_labels, paths[0]), (test_images, test_labels, paths[2])):
        if images.ndim != 3 or labels.ndim != 1 or len(images) != len(labels):
            raise DataError(
                f"{path} and its labels do not belong together: their shapes are {images.shape} and {labels.shape}, "
                "where (n, rows, columns) and (n,) are expected"
            )
    if train_images.shape[1:] != test_images.shape[1:]:
        raise DataError(f"{paths[0]} has images of {train_images.shape[1:]}, {paths[2]} of {test_images.shape[1:]}")
    for images, path in ((train_images, paths[0]), (test_images, paths[2])):
        if not len(images):
            raise DataError(f"{path} holds no images")
    if not 0 < validation < len(train_images):
        raise DataError(
            f"{validation} examples for validation: it must be at least 1 and less than the {len(train_images)} "
            f"of {paths[0]}"
        )
    order = np.random.default_rng(seed).permutation(len(train_images))
    chosen, rest = order[:validation], order[validation:]
    classes = 1 + int(max(train_labels.max(), test_labels.max()))

    def examples(images: NDArray[Any], labels: NDArray[Any]) -> Examples:
        X = images.reshape(len(images), -1).astype(dtype)
        X /= 255
        return X, labels.astype(np.intp)

    return Data(
        examples(train_images[rest], train_labels[rest]),
        examples(train_images[chosen], train_labels[chosen]),
        examples(test_images, test_labels),
        classes,
    )


def _find(folder: Path, name: str) -> Path:
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    missing = [n for n in FASHION_MNIST if not (folder / n).is_file() and not (folder / f"{n}.gz").is_file()]
    raise DataError(
        f"{folder} lacks {', '.join(missing)}. Fashion-MNIST is four files, each as it is or compressed (.gz): "
        "put them there, or name their folder with --data"
    )


def read_idx(path: Path) -> NDArray[Any]:
    """The array in an IDX file, compressed if its name ends in .gz, in the byte order of this machine.

    Raises DataError where it cannot be read, does not begin as IDX does, or has more or fewer bytes than it announces.
    """
    try:
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{path} cannot be read: {error}") from error
    if len(content) < 4 or content[:2] != b"\0\0" or content[2] not in IDX_TYPES or not content[3]:
        raise DataError(
            f"{path} is not an IDX file: it begins with {content[:4].hex(' ') or 'nothing'}, "
            "where 00 00, a type (08, 09, 0b, 0c, 0d or 0e) and the number of dimensions are expected"
        )
    kind, start = np.dtype(IDX_TYPES[content[2]]), 4 + 4 * content[3]
    if len(content) < start:
        raise DataError(f"{path} ends within its head: {len(content)} bytes, where the head alone has {start}")
    shape = tuple(int.from_bytes(content[at : at + 4], "big") for at in range(4, start, 4))
    expected = start + kind.itemsize * int(np.prod(shape, dtype=object))
    if len(content) != expected:
        raise DataError(f"{path} has {len(content)} bytes, but announces an array of shape {shape}: {expected} bytes")
    values = np.frombuffer(content, kind, offset=start).reshape(shape)
    return values.astype(kind.newbyteorder("="))
