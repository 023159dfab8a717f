"""The rows of a book at a terminal: partners, deals and facts; imports and what vanished from their files; backups."""
