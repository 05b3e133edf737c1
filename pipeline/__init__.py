"""A scanned or text-layer document in, one checkable record out. Read the modules in the order run.py calls them."""

import os

__version__ = "0.1.0"

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one thread a process: read when numpy is loaded
