"""What both sides do together: plans, actions, notes and reviews."""
