"""Scores, requirements and tiers: where a partner stands, what it lacks, what protects it."""
