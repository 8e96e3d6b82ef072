"""What was learnt: weights, and how they turn what is seen into a probability."""
