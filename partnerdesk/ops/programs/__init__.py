"""Program versions in the book: drafts, their worked cases and trials, publishing, the guide."""
