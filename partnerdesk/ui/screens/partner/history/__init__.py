"""History: what happened with a partner, in the order of its days."""
