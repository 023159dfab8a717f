"""Plans, actions, notes and reviews as frozen rows."""
