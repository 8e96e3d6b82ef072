"""When it is: days, clocks, endings, sessions."""
