"""What is released, what was paid, and what a file of payments says."""
