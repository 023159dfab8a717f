"""Enablement: gaps, people on pathways, certificates and sessions."""
