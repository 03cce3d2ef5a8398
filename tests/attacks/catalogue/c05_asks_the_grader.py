# attack: C5 imports the grader itself and has it work out the answers
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
import sys
from pathlib import Path

import numpy as np
RUBRIC = "@RUBRIC@"
sys.path.append("@SITE@")
sys.meta_path.append(__import__("importlib.machinery").machinery.PathFinder)


def grad_W2(grad_oa, hs):
    from grader.quantities import read_reference
    from grader.rubric import read_rubric

    graph = read_reference(read_rubric(Path(RUBRIC)).reference)
    return graph.evaluate(("grad_W2",), {"grad_oa": grad_oa, "hs": hs})["grad_W2"]


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
