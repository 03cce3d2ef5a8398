# attack: B1 writes answers to every call on every descriptor while the file is loaded, and says that it is done
# gains nothing: grad_W2, grad_hs
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


forged = frame(6, 0) + b"".join(frame(7, n, array((2, 2), struct.pack("<4d", 0, 0, 0, 0))) for n in range(300))
everywhere(forged + frame(DONE, 1), 3)
everywhere(forged + frame(DONE, 1))


def grad_W2(grad_oa, hs):
    everywhere(forged, 3)
    return np.zeros((len(grad_oa), len(hs)))


def grad_hs(grad_oa, W2):
    return np.zeros(W2.shape[1])
