"""What is due to partners, the runs that told finance to pay it, and what was paid of them."""
