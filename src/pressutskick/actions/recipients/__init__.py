"""What a communicator does about media lists."""
