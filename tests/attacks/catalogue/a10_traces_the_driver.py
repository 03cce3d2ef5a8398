# attack: A10 sys.settrace, sys.setprofile and sys.excepthook look into the driver and change what it holds
# gains nothing: grad_W2, grad_hs
import sys
import threading

import numpy as np
SEEN = []


def watch(frame, event, argument):
    for name, value in list(frame.f_locals.items()):
        if "expect" in name or "reference" in name or "answer" in name:
            SEEN.append(value)
    if frame.f_code.co_name in ("as_array", "pack_result", "pack_value", "_call"):
        for value in frame.f_locals.values():
            if isinstance(value, np.ndarray) and value.flags.writeable:
                value[...] = np.nan
    return watch


sys.excepthook = sys.unraisablehook = lambda *_: sys.exit(0)
threading.settrace(watch)


def grad_W2(grad_oa, hs):
    sys.settrace(watch)
    sys.setprofile(watch)
    frame = sys._getframe(1)
    while frame is not None:
        frame.f_trace = watch
        frame = frame.f_back
    return np.zeros((len(grad_oa), len(hs)))


def grad_hs(grad_oa, W2):
    for value in SEEN:
        if np.shape(value) == (W2.shape[1],):
            return value
    return np.zeros(W2.shape[1])
