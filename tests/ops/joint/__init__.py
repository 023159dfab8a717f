"""Plans, reviews, actions and notes of both sides."""
