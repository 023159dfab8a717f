"""Review packs and pages of a meeting."""
