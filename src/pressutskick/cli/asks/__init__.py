"""What a person is asked, and how an answer is understood."""
