"""A partner's agreement: its versions, its text, and what one does with them."""
