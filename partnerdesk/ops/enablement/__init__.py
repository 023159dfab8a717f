"""Enablement: pathways and sessions, playbooks and their runs, the library and who used what of it."""
