"""Figures at a terminal: programs, evaluations, explanations, and why two evaluations differ."""
