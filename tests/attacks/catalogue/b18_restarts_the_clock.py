# attack: B12 steps that were never made start the clock anew, so that a loop at module level may go on for ever
# gains nothing: grad_W2
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


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)


def grad_W2(grad_oa, hs):
    return np.zeros((len(grad_oa), len(hs)))


for step in range(1, 10**9):
    for place in range(3, 16):
        try:
            system.write(place, frame(2, 50 + step))
        except OSError:
            pass
    sum(range(100000))
