"""Whether one function of a file can leave something behind that another finds: said only where it plainly can not."""

from __future__ import annotations

import ast

import pytest

from grader.diagnose import leaves_nothing

NOTHING = {
    "functions": "def f(x): return x + 1\ndef g(x):\n    y = f(x)\n    return y\n",
    "usual imports": "from __future__ import annotations\nimport numpy as np, math\nfrom numpy.linalg import norm\n",
    "fixed values": "EPS = 1e-8\nSIZES: tuple = (2, -3)\nNAME = 'net'\nLIMIT = 2 * EPS\nsoftmax = None\n",
    "another name": "import numpy as np\ndef f(x): return np.exp(x)\ng = f\nexp = np.exp\n",
    "a small function": "relu = lambda x: x * (x > 0)\n",
    "a docstring": '"""Homework 3."""\n\ndef f(x):\n    """Twice."""\n    return 2 * x\n',
    "its own arrays": "def f(x):\n    out = x.copy()\n    out[0] = 1\n    out.flat[1] += 2\n    return out\n",
    "its argument": "def f(x):\n    x += 1\n    x[0] = 5\n    return x\n",
    "a loop's variable": "def f(x):\n    for row in x:\n        row[0] = 0\n    return x\n",
    "a function inside": "def f(x):\n    def g(y):\n        y[0] = 1\n        return y\n    return g(x)\n",
    "random numbers": "import numpy as np\nimport random\ndef f(x): return np.random.rand() + random.random()\n",
    "fixed defaults": "def f(x, eps=1e-8, *, axis=-1, shape=(2, 3)): return x\n",
    "the main block": "def f(x): return x\nif __name__ == '__main__':\n    seen = []\n    print(f(1))\n",
    "a name that is tried": "try:\n    xrange\nexcept NameError:\n    xrange = range\ndef f(x): return x\n",
    "an import that is tried": (
        "try:\n    import matplotlib.pyplot as plt\nexcept ImportError:\n    plt = None\nelse:\n    pass\nfinally:\n    n = 1\n"
        "def f(x): return n * x\n"
    ),
    "modules that no function reads": "import os, sys\nfrom warnings import warn\nimport scipy.stats\ndef f(x): return x\n",
    "a module by the name of an argument": "import os\ndef grad_oa(os, y): return os - y\n",
    "a module for the main block": "import sys\ndef f(x): return x\nif __name__ == '__main__':\n    sys.exit(f(0))\n",
    "where the file lies": (
        "import os as system\nfrom pathlib import Path\nHERE = system.path.dirname(system.path.abspath(__file__))\n"
        "DATA = Path(__file__).resolve().parent / 'data.csv'\ndef f(x): return x\n"
    ),
    "names of types": "import numpy as np\nimport numpy.typing as npt\nVec = npt.NDArray[np.float64]\nMat = Vec\n",
    "names of types in types": "from typing import Dict, List, Tuple\nNet = Dict[str, Tuple[List[float], int]]\n",
}
SOMETHING = {
    "a global variable": "n = 0\ndef f(x):\n    global n\n    n += 1\n    return n\n",
    "a list": "seen = []\ndef f(x): return x\n",
    "a dict": "cache = {}\ndef f(x): return cache.setdefault(1, x)\n",
    "an array": "import numpy as np\nW = np.zeros(3)\ndef f(x): return x\n",
    "lists in a tuple": "seen = ([], 1)\ndef f(x): return x\n",
    "a list times three": "rows = [0] * 3\ndef f(x): return x\n",
    "a default that grows": "def f(x, seen=[]):\n    seen.append(x)\n    return len(seen)\n",
    "a keyword's default that grows": "def f(x, *, seen={}): return x\n",
    "a lambda's default that grows": "f = lambda x, seen=[]: seen.append(x) or len(seen)\n",
    "a default that is made": "import numpy as np\ndef f(x, W=np.zeros(3)): return x\n",
    "an attribute of a function": "def f(x):\n    f.calls = 1\n    return x\n",
    "an attribute of a module": "import numpy as np\ndef f(x):\n    np.pi = 3\n    return x\n",
    "a key of something else": "def f(x):\n    STORE[0] = x\n    return x\n",
    "an entry that is deleted": "def f(x):\n    del STORE[0]\n    return x\n",
    "a loop over an attribute": "def f(x):\n    for f.last in x:\n        pass\n",
    "a closure": "def make():\n    n = 0\n    def f(x):\n        nonlocal n\n        n += 1\n        return n\n    return f\n",
    "a decorator": "def deco(f): return f\n@deco\ndef f(x): return x\n",
    "a memory of calls": "import functools\nf = functools.lru_cache(lambda x: x)\n",
    "a class": "class Net:\n    calls = 0\ndef f(x): return x\n",
    "a class inside": "def f(x):\n    class A:\n        pass\n    return A\n",
    "a file that can not be read, or is empty": "",
    "what is nested too deeply to be read": "z = " + "lambda a=" * 300 + "0" + ": 0" * 300 + "\n",
    "an array in brackets": "import numpy as np\nW = np.r_[1.0, 2.0]\ndef f(x): return x\n",
    "an entry of something": "W = STORE[0]\ndef f(x): return x\n",
    "a type of what is made": "from typing import Annotated\nT = Annotated[int, []]\ndef f(x): return x\n",
    "a call": "def f(x): return x\nf(3)\n",
    "another module": "import warnings\ndef f(x):\n    warnings.warn('x')\n    return x\n",
    "another module's": "from warnings import *\ndef f(x): return x\n",
    "another module by another name": "import warnings as w\ng = w\ndef f(x): return g.once(x)\n",
    "another module in a default": "import os\ndef f(os=os): return os\n",
    "another module in a lambda": "import sys\nf = lambda x: sys.append(x)\n",
    "another module in a block": "try:\n    import store\nexcept ImportError:\n    store = None\ndef f(x): return store.put(x)\n",
    "another module in a function inside": "import store\ndef f(x):\n    def g(): return store.put(x)\n    return g()\n",
    "another module for a local name": "import store\ndef f(x):\n    if x: store = 1\n    return store\n",
    "another module, and one that is not read": "import store\nimport sys\ndef f(x): return store.put(x)\n",
    "another module in a keyword's default": "import os\ndef f(x, *, os=os): return os\n",
    "another module beside an inner argument": "import store\ndef f(x):\n    g = lambda store: 1\n    return store.put(g(x))\n",
    "a list where all went well": "try:\n    n = 1\nexcept ValueError:\n    n = 2\nelse:\n    seen = []\ndef f(x): return x\n",
    "a list in what is caught": "try:\n    n = 1 / 0\nexcept (seen := [ZeroDivisionError])[0]:\n    pass\ndef f(x): return x\n",
    "a function of every entry": "import numpy as np\nf = np.vectorize(lambda v: v, otypes=[float])\n",
    "an attribute of a function by another name": "def f(x):\n    me = f\n    me.calls = 1\n    return x\n",
    "an attribute of an argument": "def keep(g, x):\n    g.last = x\ndef f(x):\n    keep(f, x)\n    return x\n",
    "an attribute by its name": "def f(x):\n    getattr(f, '__dict__').update(n=1)\n    return x\n",
    "an array as memory had it": "import numpy as np\ndef f(x):\n    out = np.empty(3)\n    out += x\n    return out\n",
    "how numpy treats errors, by another name": "from numpy import seterr as errors\ndef f(x):\n    errors(all='raise')\n    return x\n",
    "a block that is run after all": "if __name__ == 'submission':\n    seen = []\ndef f(x): return x\n",
    "a block that is always run": "if __name__ == __name__:\n    seen = []\ndef f(x): return x\n",
    "a place that is read": "import os\nHERE = os.getcwd()\ndef f(x): return HERE\n",
    "no place": "import os, store\nHERE = store.make(os)\ndef f(x): return x\n",
    "a place in a list": "import os\nHERE = [os.getcwd()]\ndef f(x): return x\n",
    "a place in something": "import os\nHERE.place = os.getcwd()\ndef f(x): return x\n",
    "another module inside": "def f(x):\n    import os\n    return x\n",
    "how numpy treats errors": "import numpy as np\ndef f(x):\n    np.seterr(all='raise')\n    return x\n",
    "how numpy prints": "import numpy as np\ndef f(x):\n    np.set_printoptions(precision=2)\n    return str(x)\n",
    "text that is executed": "def f(x):\n    exec('y = 1')\n    return x\n",
    "the names of the module": "def f(x):\n    globals()['n'] = 1\n    return x\n",
    "an attribute by name": "def f(x):\n    setattr(f, 'n', 1)\n    return x\n",
    "what is under an attribute": "def f(x):\n    f.__dict__.update(n=1)\n    return x\n",
    "a list in a block": "try:\n    n = 1\nexcept ValueError:\n    n = []\ndef f(x): return x\n",
    "a list at the end of a block": "try:\n    n = 1\nfinally:\n    seen = []\ndef f(x): return x\n",
    "a choice": "n = 1\nif n:\n    seen = []\ndef f(x): return x\n",
    "a coroutine": "async def f(x): return x\n",
    "a generator that is shared": "import itertools\nN = itertools.count()\ndef f(x): return next(N)\n",
    "the main block's other half": "if __name__ == '__main__':\n    pass\nelse:\n    seen = []\n",
}


@pytest.mark.parametrize("name", NOTHING)
def test_functions_and_fixed_values_leave_nothing(name):
    assert leaves_nothing(ast.parse(NOTHING[name]))


@pytest.mark.parametrize("name", SOMETHING)
def test_whatever_could_leave_something_is_said_to(name):
    assert not leaves_nothing(ast.parse(SOMETHING[name]))
