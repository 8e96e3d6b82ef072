"""Reports and records as a person sees them in a terminal."""
