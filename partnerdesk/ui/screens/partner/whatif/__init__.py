"""What-if: the figures of a partner as they would be, beside those as they are."""
