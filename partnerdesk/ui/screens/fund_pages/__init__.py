"""The lists of the Funds page and the steps that one can take from them."""
