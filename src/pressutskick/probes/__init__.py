"""Facts from outside for `doctor`: the name system, the mail server, this machine. Judges nothing."""
