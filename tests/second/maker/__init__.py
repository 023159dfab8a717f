"""Random programs and facts: every key of the format, small numbers that hit each other's bounds, few periods."""
