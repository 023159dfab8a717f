"""Words about statements that a page finds again without all that makes them."""

NOT_CLOSED = " is not closed yet"  # behind the label of the period before
