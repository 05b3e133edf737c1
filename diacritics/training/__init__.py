"""Builds the models from a corpus folder; never imported at run time."""
