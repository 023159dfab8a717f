"""The sheet of a reconciliation."""
