"""What a book says about itself beyond its facts: currency, fiscal year, and the brand that its documents carry."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.forecast.efforts import USUAL
from partnerdesk.models.book import setting

AS_PROGRAM = 0  # the fiscal year is the one of the program


@dataclass(frozen=True, slots=True)
class BookSettings:
    """`logo` is a PNG; `accent` is #RRGGBB or empty for the product's own.

    `year_start` is the month on whose first day the fiscal year begins, 1 to 12, or AS_PROGRAM.
    """

    currency: str = "EUR"
    year_start: int = 1
    vendor: str = ""
    accent: str = ""
    logo: bytes = b""
    sender: str = ""  # who signs documents, with title and mail as they shall be printed
    efforts: Mapping[str, str] = field(default_factory=dict)  # what kinds of action take, where a person set it
    two_people: bool = False  # whether who checks a close or a payment run must be another than who prepared it
    mails: Mapping[str, str] = field(default_factory=dict)  # own texts of mails, by kind and language: statement.de


def book_settings(session: Session) -> BookSettings:
    """All settings of the book, with the usual value where none was chosen."""
    chosen: dict[str, Any] = {key: json.loads(value) for key, value in session.execute(select(setting)).all()}
    known = {name: chosen[name] for name in BookSettings.__slots__ if name in chosen}
    if "logo" in known:
        known["logo"] = bytes.fromhex(known["logo"])
    return BookSettings(**known)


def effort_weights(session: Session) -> dict[str, Decimal]:
    """What each kind of action on the way to a tier takes: the usual, or what a person set for this book."""
    chosen = book_settings(session).efforts
    return {kind: Decimal(chosen[kind]) if kind in chosen else usual for kind, usual in USUAL.items()}
