"""Accounting for what was sent: reports, and the public record."""
