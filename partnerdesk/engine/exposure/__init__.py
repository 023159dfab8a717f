"""What is not safe yet: what could be lost if one customer leaves, and until when."""
