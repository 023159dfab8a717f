"""Overview: the brief before a call, and the partner's own record."""
