"""Numbers that answer why: two modes of arithmetic, choices that are derived again, names and sentences."""
