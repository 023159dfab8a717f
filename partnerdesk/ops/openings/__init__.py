"""Opening statements: what a partner had when it was taken over in mid-life."""
