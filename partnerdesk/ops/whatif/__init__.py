"""What-if: figures on facts and rules as they would be, beside those as they are. Nothing here writes a fact."""
