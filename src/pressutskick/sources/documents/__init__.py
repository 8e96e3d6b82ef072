"""Documents of any kind: bytes in, text and what was seen in them out."""
