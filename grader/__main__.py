"""The command `grade`, and `python -m grader`: import all, without delay, and run."""

import gc
import sys

gc.disable()  # nothing of what is imported is garbage, and to look for some takes a tenth of the time
import numpy  # noqa: F401 - before typing_extensions, which makes numpy's own types take longer

from grader.cli import main

gc.enable()
gc.freeze()

if __name__ == "__main__":
    sys.exit(main())
