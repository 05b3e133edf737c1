"""The nightly run: an inbox read again and again, nothing lost, nothing done twice. Begin with `night.py`."""
