# attack: M1 HTML and strange characters in a file that can not be read: the message quotes it
# gains nothing: grad_W2
def grad_W2(grad_oa, hs):
    return <script>alert("pwned")</script> ‮ "@ESC@[2J
