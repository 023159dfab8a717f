"""Dates as calendar files: what a partner may have, and what is ours."""
