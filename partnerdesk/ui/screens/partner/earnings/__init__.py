"""Earnings: a statement period, what is held or disputed, the calendar, and why amounts changed."""
