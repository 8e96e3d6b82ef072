"""What a run is told: environment, `.env` and flags -> one frozen `Settings`."""
