"""The durable record of dispatches, deliveries and attempts."""
