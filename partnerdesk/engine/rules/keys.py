"""How a key of the format is declared: its sentence, default, values, unit and an example, in one place.

The reader, the printed reference and the JSON Schema are all made from these declarations, so none of them can go
stale. A key exists here only if the engine obeys it.
"""

from dataclasses import field
from typing import Any

UNITS = ("month", "quarter", "half", "year")
# How a number is rounded.
MODES = ("half-up", "half-even", "up", "down", "ceiling", "floor")
# The year that begins on the day on which a partner joined, and on that day of every year after.
PARTNER_YEAR = "partner year"
# The same from the day on which its agreement was signed.
AGREEMENT_YEAR = "agreement year"
OWN_YEARS = (PARTNER_YEAR, AGREEMENT_YEAR)


def key(says: str, default: Any = ..., choices: tuple[str, ...] = (), example: str = "", unit: str = "") -> Any:
    """A key of a table: what it means, its default (none: required), its values, how it is written, its unit."""
    metadata = {"says": says, "choices": choices, "example": example, "unit": unit}
    if default is ...:
        return field(metadata=metadata)
    if default == {}:
        return field(default_factory=dict, metadata=metadata, hash=False)
    return field(default=default, metadata=metadata)


def internal(default: Any = None) -> Any:
    """A field that the text cannot set: the reader works it out."""
    return field(default=default, metadata={"internal": True})
