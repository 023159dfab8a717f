"""Enablement as screens and documents read it: pathways and gaps, sessions, playbooks and their runs, the library."""
