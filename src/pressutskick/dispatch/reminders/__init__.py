"""Reminders: their words, their times on the clock, and when nothing may go out."""
