"""`recipients`: what a communicator does with media lists."""
