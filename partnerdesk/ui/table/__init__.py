"""A table of rows: what it holds, how it is shown, sorted, filtered, edited, copied and remembered."""
