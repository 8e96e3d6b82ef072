"""A message as octets: headers, encodings, MIME, and the reader that judges them."""
