"""The delivery log in one SQLite file, safe against kills, power cuts and a full disk."""
