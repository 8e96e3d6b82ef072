"""What people and outlets are called: parts of a name, first names, one slip apart."""
