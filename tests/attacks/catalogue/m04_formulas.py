# attack: M3 formulas for spreadsheets: the type of the exception is what the reason begins with
# gains nothing: grad_oa
import numpy as np


def grad_oa(os, y):
    raise type('=HYPERLINK("http://pwned/";"score")', (Exception,), {})("=1+1")
