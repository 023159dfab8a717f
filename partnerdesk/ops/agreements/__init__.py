"""Agreements with a partner: their text, their versions, the signed copies."""
