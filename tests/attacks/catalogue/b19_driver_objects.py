# attack: B1 finds the driver's own way back by the collector and by frames, and answers through it
# gains nothing: grad_W2, grad_hs, grad_x
import gc
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


def ways_back():
    for found in gc.get_objects():
        if type(found).__module__.partition(".")[0] in ("inside", "__main__", "grader"):
            yield found
    frame_ = sys._getframe(1)
    while frame_ is not None:
        yield from list(frame_.f_locals.values())
        frame_ = frame_.f_back


def grad_W2(grad_oa, hs):
    for found in list(ways_back()):
        for name in dir(type(found)):
            if name in ("send", "write", "answer", "put"):
                for number in range(300):
                    try:
                        getattr(found, name)(7, number, array((2, 2), bytes(32)))
                        getattr(found, name)(frame(7, number, array((2, 2), bytes(32))))
                    except Exception:
                        continue
    return np.zeros((len(grad_oa), len(hs)))


def grad_hs(grad_oa, W2):
    return np.zeros(W2.shape[1])


def grad_x(grad_ha, W1):
    return np.zeros(W1.shape[1])
