"""What has changed between two texts, fact by fact, and what of it is news."""
