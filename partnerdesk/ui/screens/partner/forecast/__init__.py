"""Forecast: what a partner may earn as a range, and how right such ranges have been."""
