"""Free text -> facts, each with the line it came from and how sure it is. Pure."""
