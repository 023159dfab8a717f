"""The work with a partner at a terminal: agreement, enablement, plan, reviews, mail and dates."""
