"""Signing in as the rules see it: where secrets come from, what a refusal means, whose desk it is on."""
