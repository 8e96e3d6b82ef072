"""What EACH ONE gets: templates, bytes, calendar. Pure."""
