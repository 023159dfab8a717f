"""Facts, row by row: written, checked, numbered."""
