"""Where it is: places under labels and in prose."""
