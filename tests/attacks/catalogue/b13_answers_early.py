# attack: B13 answers for functions that the file does not have, sent before they are asked for
# gains nothing: grad_b1, grad_W1, grad_x, grad_W2
import os as system
import struct
import sys

import numpy as np


DRIVER = next((m for m in list(sys.modules.values()) if hasattr(m, "HEADER") and hasattr(m, "READY")), None)
DONE = getattr(DRIVER, "DONE", 15)


def frame(kind, number, payload=b""):
    return struct.pack("<BII", kind, number, len(payload)) + payload


def texts(*parts):
    parts = [part.encode("utf-8", "surrogatepass") for part in parts]
    return struct.pack("<H", len(parts)) + b"".join(struct.pack("<I", len(p)) + p for p in parts)


def array(shape, content):
    return bytes((0, 0, len(shape))) + struct.pack(f"<{len(shape)}I", *shape) + content


def everywhere(data, first=0):
    """Write to every descriptor that takes it."""
    for descriptor in range(first, 256):
        try:
            system.set_blocking(descriptor, False)
            system.write(descriptor, data)
        except OSError:
            pass


def grad_W2(grad_oa, hs):
    for rows in range(1, 6):
        for columns in range(1, 6):
            zeros = bytes(8 * rows * columns)
            everywhere(b"".join(frame(7, n, array((rows, columns), zeros)) for n in range(150, 400)), 3)
            everywhere(b"".join(frame(7, n, array((rows,), zeros[: 8 * rows])) for n in range(150, 400)), 3)
    return 0 * np.outer(grad_oa, hs)
