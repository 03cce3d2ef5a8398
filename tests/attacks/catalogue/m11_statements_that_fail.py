# attack: M1 HTML, escapes and formulas from statements at module level that fail
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import numpy as np


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)


def grad_W2(grad_oa, hs):
    return 0 * np.outer(grad_oa, hs)


class Script(Exception):
    pass


Script.__name__ = Script.__qualname__ = "=<script>alert('pwned')</script>"
raise Script("<img src=x onerror=pwned>\x1b[2J\u202e")
raise type("\x1b]0;pwned\x07", (BaseException,), {})("{{ pwned }}" * 1000)
int("<svg onload=pwned>")
open("<script>pwned</script>\x1b[2J")
raise SystemExit("<script>pwned</script>")
{}["<script>pwned</script>"]
