"""Files made to harm or to mislead, built by code where they would be large."""
