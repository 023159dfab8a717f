"""Metric audits: a sample drawn, findings recorded, facts corrected, and the report of it."""
