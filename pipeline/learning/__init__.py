"""Building the model of figures (models/figures.bin) from text corpora and annotated documents: `make models`."""
