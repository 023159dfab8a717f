"""Progress: the score and the tier, what they are made of, what is missing, and the ways to the next."""
