"""Closed statements, what a close would freeze, and disputes."""
