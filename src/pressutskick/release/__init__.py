"""WHAT is announced: the release, its canonical document, reading facts, checks. Pure."""
