"""Text to facts: a spaCy pipeline, one component and one file for each kind of fact."""
