"""What a tier promises beside its rates: benefits, when each was delivered, and what it changes."""
