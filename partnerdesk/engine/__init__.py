"""The heart: facts + program version + as-of date -> figures. No database, no Qt, no clock, no files."""
