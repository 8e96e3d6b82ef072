"""How the press answers: channels and deadline."""
