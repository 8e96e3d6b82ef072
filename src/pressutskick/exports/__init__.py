"""Files for the person: private, whole or not at all, and never over another one unasked."""
