"""A scanned or text-layer document in, one checkable record out. Read the modules in the order run.py calls them."""

__version__ = "0.1.0"
