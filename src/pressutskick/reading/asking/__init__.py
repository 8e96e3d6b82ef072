"""What a person must be asked, with choices, and how an answer is understood."""
