"""The facts of a book, found fast: by kind, day and what belongs together; filters and derived values."""
