"""The delivery log in a PostgreSQL database: one truth for several people and machines."""
