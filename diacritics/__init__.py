"""Vietnamese spelling on plain strings: alphabet, folding, normalisation, legacy encodings, restoration."""
