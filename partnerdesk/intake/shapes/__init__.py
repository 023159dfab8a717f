"""What several columns mean together, one module per idea; the same for every origin of a file."""
