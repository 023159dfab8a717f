"""The parts of the program screen: its shelf of versions and drafts, and one page per tab."""
