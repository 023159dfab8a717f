"""Funds of partners as lists show them, and the benefits that tiers promise."""
