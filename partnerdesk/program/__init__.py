"""A partner program as text: reading, checking and putting into words. Computing with it is the engine's work."""
