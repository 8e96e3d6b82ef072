"""Who speaks, and whom the press can ask."""
