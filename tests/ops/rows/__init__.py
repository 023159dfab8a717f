"""Rows typed by hand: facts, records, steps that are undone."""
