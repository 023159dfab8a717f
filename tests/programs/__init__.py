"""Published partner programs as data: one folder each, its versions as TOML texts with their cases inside."""
