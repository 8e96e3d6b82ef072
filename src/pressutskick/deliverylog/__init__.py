"""The delivery log: the durable record of dispatches, deliveries and attempts."""
