"""Full-size proofs, run by `make prove`; the tests run each of them in a small size."""
