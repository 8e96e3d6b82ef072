"""What a person types, turned into values."""
