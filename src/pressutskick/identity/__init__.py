"""Who we are to a server: passwords and tokens, where they come from, how they are kept."""
