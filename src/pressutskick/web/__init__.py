"""Pages for the person's own browser, served on 127.0.0.1 while a command runs. Knows no action."""
