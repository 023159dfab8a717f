"""The segments of the page Plans & actions, one module each."""
