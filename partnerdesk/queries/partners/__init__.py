"""Partners: their own data, their figures side by side, what happened with them."""
