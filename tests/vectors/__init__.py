"""Figures that others worked out and published, each computed through a program's text; no function is made for a test.

A case names the figures it computes in `source`, as "figure tier-10" or "figures deal-01, deal-02".
"""
