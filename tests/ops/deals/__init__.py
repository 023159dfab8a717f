"""The pipeline: verbs, signs of renewals, amounts in other currencies."""
