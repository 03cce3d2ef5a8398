# attack: B3 leaves a file in a folder outside, in every way that Python and numpy have to write one
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
# breach unlocked
import os as system

import numpy as np
DROP = "@DROP@"


def grad_W2(grad_oa, hs):
    for attempt in (
        lambda: open(DROP + "/open", "w").write("1"),
        lambda: system.open(DROP + "/os_open", system.O_WRONLY | system.O_CREAT),
        lambda: np.save(DROP + "/save", hs),
        lambda: hs.tofile(DROP + "/tofile"),
        lambda: np.memmap(DROP + "/memmap", mode="w+", shape=10),
        lambda: np.savez(DROP + "/savez", hs),
        lambda: __import__("tempfile").mkstemp(dir=DROP),
        lambda: system.mkdir(DROP + "/mkdir"),
        lambda: system.mkfifo(DROP + "/mkfifo"),
        lambda: system.symlink("x", DROP + "/symlink"),
        lambda: __import__("sqlite3").connect(DROP + "/sqlite").execute("create table t (x)"),
    ):
        try:
            attempt()
        except Exception:
            pass
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
