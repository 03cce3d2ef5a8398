# attack: M1 HTML, scripts and templates in the text of an exception
# gains nothing: grad_b2, grad_W2, grad_hs
# full marks: grad_oa, grad_ha
import numpy as np
TEXT = """<script>alert("pwned")</script><img src=x onerror=alert("pwned")>"'--></style></title></script></textarea>"""


def grad_b2(grad_oa):
    raise ValueError(TEXT + "{{7*7}} {% raw %} ${7*7} <svg onload=pwned> <iframe src='javascript:pwned'>")


def grad_W2(grad_oa, hs):
    raise KeyError("&lt;script&gt;pwned&#x3c;/script&#x3e;<a href='javascript:alert(`pwned`)'>grade</a>")


def grad_hs(grad_oa, W2):
    raise OSError(TEXT * 40)


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
