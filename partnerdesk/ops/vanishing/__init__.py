"""Rows that are gone from their source: found, marked as a question, and answered by a person."""
