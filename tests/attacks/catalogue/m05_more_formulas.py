# attack: M3 a formula with a sign, behind a tab and a quote, in full width, and a command
# gains nothing: grad_oa
import numpy as np


def grad_oa(os, y):
    raise type("\t'\uff0b1+cmd|' /C calc'!A0", (Exception,), {})("@SUM(1)\r\n+1\n-1")
