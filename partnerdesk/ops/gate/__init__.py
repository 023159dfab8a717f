"""What of a book is whose: the words and sums that a partner's documents may hold, and whom else a text names."""
