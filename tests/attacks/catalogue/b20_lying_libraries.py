# attack: B13 struct, json, os.write and numpy's tobytes lie to the driver from the first call on
# gains nothing: grad_W2, grad_hs
import json
import os as system
import struct
import sys

import numpy as np
write = system.write


def grad_W2(grad_oa, hs):
    frame = sys._getframe(1)
    while frame is not None:
        for module in list(frame.f_globals.values()):
            for name in ("pack", "frame", "pack_result", "pack_value", "as_array", "pack_texts"):
                if type(module).__name__ == "module" and hasattr(module, name) and module.__name__ != "struct":
                    setattr(module, name, lambda *a, **k: b"\x07" * 50)
        frame = frame.f_back
    json.loads = json.dumps = lambda *a, **k: {"score": 20}
    system.write = lambda descriptor, data: write(descriptor, b"\x07\x00\x00\x00\x00" + bytes(data)[5:])
    struct.pack = lambda *a: b"\x00" * 9
    np.array = np.asarray = np.ascontiguousarray = lambda *a, **k: np.zeros(2)
    return np.zeros((len(grad_oa), len(hs)))


def grad_hs(grad_oa, W2):
    return np.zeros(W2.shape[1])
