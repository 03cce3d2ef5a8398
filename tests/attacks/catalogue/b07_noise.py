# attack: B7 a megabyte of noise, of open brackets and of headers that never end
# gains nothing: grad_b2, grad_W2, grad_hs
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
    everywhere(system.urandom(60000), 3)
    return 0 * grad_oa


def grad_W2(grad_oa, hs):
    everywhere(frame(3, 0, texts("1", "[" * 60000)), 3)
    return 0 * np.outer(grad_oa, hs)


def grad_hs(grad_oa, W2):
    everywhere(b"\x05" * 60001, 3)
    return 0 * W2[0]


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
