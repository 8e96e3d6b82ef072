"""What the reading of invitations is trained on: a grammar that writes them with their facts."""
