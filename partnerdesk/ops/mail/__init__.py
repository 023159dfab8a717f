"""Mail drafts: one partner's documents to that partner's own people, as a file. Nothing is sent."""
