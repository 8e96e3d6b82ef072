"""HOW it goes out: pure rules, and the engine over three interfaces."""
