"""The segments of Deals & renewals."""
