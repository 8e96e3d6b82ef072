"""Media lists of any kind: bytes in, rows with their places out."""
