"""The file of a payment run for finance."""
