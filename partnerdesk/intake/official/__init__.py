"""The official payout: a file of what finance or an incentive system paid, in any layout."""
