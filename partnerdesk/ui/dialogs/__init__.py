"""Dialogs, kept for what cannot be undone (close, lock, publish, purge, restore) and for reference sheets."""
