"""Deals, contracts, sales and what was kept of them."""
