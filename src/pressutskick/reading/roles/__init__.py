"""What each person, number and address of a text is to the event, and how likely that is."""
