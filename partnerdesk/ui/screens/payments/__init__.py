"""Payments on the Statements screen: what is due, the runs that were released, what finance paid."""
