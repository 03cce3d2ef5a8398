# attack: M5 escape sequences: title, colours, clearing, hyperlinks, the clipboard, device questions, C1 controls
# gains nothing: grad_oa, grad_b2, grad_W2
# full marks: grad_ha
import numpy as np
TEXT = "\x1b]0;pwned\x07\x1b[2J\x1b[31m\x1b]8;;http://pwned\x1b\\x\x1b]52;c;cHduZWQ=\x07\x1b[c\x9b31m\x90\x84\x85\x08\x08\x00\x7f"


def grad_oa(os, y):
    raise ValueError(TEXT)


def grad_b2(grad_oa):
    raise type(TEXT, (Exception,), {})(TEXT)


def grad_W2(grad_oa, hs):
    return TEXT


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
