"""Salesforce's identifiers: fifteen characters that depend on case, or eighteen with a checksum of the case.

Reports give the short form, extracts the long one; both name the same record, so the long form is the key.
"""

import re

_SHORT = re.compile(r"[a-zA-Z0-9]{15}", re.ASCII)
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def long_id(text: str) -> str:
    """The eighteen-character form of a fifteen-character identifier; anything else as it is."""
    if not _SHORT.fullmatch(text) or not any(c.isdigit() for c in text):
        return text
    suffix = ""
    for start in (0, 5, 10):
        bits = sum(1 << i for i, c in enumerate(text[start : start + 5]) if "A" <= c <= "Z")
        suffix += _ALPHABET[bits]
    return text + suffix
