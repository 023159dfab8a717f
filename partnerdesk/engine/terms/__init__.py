"""What follows from the program versions alone, made ready once for all partners."""
