"""What can be spotted anywhere in a text: days, clocks, people, reaches."""
