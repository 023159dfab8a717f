"""Numbers about a partner over a window, from facts and from other metrics."""
