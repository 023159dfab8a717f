"""Many possible futures of a partner, each run through the real engine: what comes is said as a range.

Chances and habits are learned from the book as it was known on the as-of day; a future is facts, and the engine pays
on them exactly as in a statement. Statistics are binary floats here; amounts stay Decimals, scaled by Decimal factors.
No clock, no files, no database: a seed and the facts give the same forecast everywhere.
"""
