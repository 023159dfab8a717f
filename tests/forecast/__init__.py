"""Forecasts: drawn futures, the real engine over them, and how right they were."""
