"""HOW it goes out: plan, policy and engine, over the protocols of `interfaces` and `log`. Pure."""
