"""What can be known before a dispatch: facts in, findings out. Probes gather the facts elsewhere."""
