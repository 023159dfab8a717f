"""The pages of Data: imports and their preview, backups, the program, the check of the book."""
