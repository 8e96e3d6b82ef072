"""A list's bytes with single cells changed, and all else as it was."""
