"""A book right after it was opened, for writing or, where another window writes it, for reading."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from partnerdesk.errors import PartnerDeskError

if TYPE_CHECKING:
    from partnerdesk.store import BookInfo, Store


@dataclass(frozen=True, slots=True)
class Opened:
    """What the window needs to know of a book right after it was opened."""

    info: "BookInfo"
    is_writable: bool
    undo_label: str | None
    redo_label: str | None
    places: int = 2  # decimals of the currency that has most, of the book's and its programs'


def open_book(path: Path, user: str) -> "tuple[Store, bool]":
    """The book for writing, or for reading where another window writes it; and which of the two."""
    from partnerdesk.errors import Refused
    from partnerdesk.store import Store

    try:
        return Store.open(path, user=user), True
    except Refused as refused:
        try:
            return Store.open(path, user=user, write=False), False
        except PartnerDeskError:
            raise refused from None


def opened_as(store: "Store", is_writable: bool) -> Opened:
    """What the window needs to know of an open book."""
    from partnerdesk.engine.money import decimals
    from partnerdesk.queries.currency import amount_currencies

    places = max(map(decimals, store.read(amount_currencies)))  # none of their amounts is shown rounded
    return Opened(store.info, is_writable, store.undo_label, store.redo_label, places)
