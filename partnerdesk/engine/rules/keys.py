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
# Years from the start of the contract, or from the customer's first contract or won deal, that is kept apart.
CONTRACT_YEAR, CUSTOMER_YEAR = "contract year", "customer year"
# Whose years they are, which is what sums through them are kept apart by.
YEARS_OF = {CONTRACT_YEAR: "contract", CUSTOMER_YEAR: "customer"}
YEARS_SAY = (
    "a contract year on the day on which the contract started, with sums kept apart by contract; a customer year on "
    "that of the customer's first contract or won deal with the partner, with sums kept apart by customer"
)


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
