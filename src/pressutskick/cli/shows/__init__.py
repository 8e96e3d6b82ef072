"""What a person is shown: all Rich, all tables, all words for codes."""
