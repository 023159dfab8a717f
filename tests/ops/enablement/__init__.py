"""Playbooks, trainings and certificates."""
