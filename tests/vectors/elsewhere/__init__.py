"""Figures published elsewhere than in the reference material, of rules that none of those write.

A case names in `source` where its figure stands, and what of it is ours.
"""
