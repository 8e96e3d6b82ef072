"""The operator's files: encodings, size limits, documents to text, sheets to rows."""
