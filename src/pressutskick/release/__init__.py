"""WHAT is announced: the release as values, and its canonical document. Pure."""
