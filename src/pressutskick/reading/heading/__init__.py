"""What stands at the top: headline, status words, stamps."""
