"""The page on which an official payout is held against the statements."""
