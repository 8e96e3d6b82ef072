"""A list's columns: what each of them means, and what stands in one that nobody is mailed from."""
