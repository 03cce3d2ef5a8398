# attack: M4 quotes, commas, semicolons and new lines that would make a row of their own
# gains nothing: grad_oa
import numpy as np


def grad_oa(os, y):
    raise type('x"\n"z90_the_friend","20","20","accepted"', (Exception,), {})('",20,20\n"s01",20\r\n;;;')
