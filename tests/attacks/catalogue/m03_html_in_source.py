# attack: M1 HTML in docstrings, comments, names and strings of the source that the page shows
# gains nothing: grad_b2, grad_W2, grad_hs
# full marks: grad_oa, grad_ha
import numpy as np

def grad_b2(grad_oa):
    """<script>alert("pwned")</script> </pre></code></td></table></script><img src=x onerror=alert('pwned')>"""
    # <!-- pwned --> ]]> <style>body{display:none}</style> <meta http-equiv=refresh content="0;url=//pwned">
    return "<b onmouseover=pwned>" + f"{grad_oa}" + '"><svg/onload=pwned>'


def grad_W2(grad_oa, hs, pwned="<script>pwned</script>"):
    '''</script><script>pwned</script>'''
    return np.zeros((len(grad_oa), len(hs)))


def grad_hs(grad_oa, W2):
    return 0 * W2[0]  # </span></pre><base href="//pwned"><form action=//pwned><object data=//pwned>


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
