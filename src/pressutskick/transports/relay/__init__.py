"""A relay on loopback that misbehaves as told: for tests, for the sandbox, for the curious."""
