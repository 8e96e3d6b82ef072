"""What happened, accounted for: figures, the page that tells them, the content of a record. Pure."""
