"""Closing, correcting, restating and replaying statements."""
