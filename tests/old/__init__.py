"""A real book of every released version: `make_book.py` made each with the program of that version, once."""
