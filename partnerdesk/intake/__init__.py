"""Files in: readers, origins, mappings, drafts or located problems. Knows no database."""
