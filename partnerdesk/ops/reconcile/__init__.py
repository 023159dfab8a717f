"""Reconciliation: what was officially paid, line by line against what our statements say."""
