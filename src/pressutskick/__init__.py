"""Take a press invitation to the right newsdesks, once each, and prove it."""

__version__ = "0.1.0"
