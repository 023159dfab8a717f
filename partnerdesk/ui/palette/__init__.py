"""Ctrl+K: everything that can be found or done, as one list that narrows while one types."""
