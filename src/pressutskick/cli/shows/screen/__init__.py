"""The terminal itself: its streams, its height, its pager, and what moves on it meanwhile."""
