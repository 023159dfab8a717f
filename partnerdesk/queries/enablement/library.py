"""The library as it is searched: items by words and tags, and who used which with what result."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlalchemy.orm import Session

from partnerdesk.models.facts import TABLES
from partnerdesk.models.playbooks import item_use, library_item
from partnerdesk.queries.enablement.playbook import words_of
from partnerdesk.queries.shape import rows, shaped


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """An item; shared ones name nobody and may be given away."""

    id: int
    form: str
    title: str
    text: str
    tags: str
    product: str
    partner_type: str
    place: str
    author: str
    created: date
    shared_on: date | None

    @property
    def is_shared(self) -> bool:
        return self.shared_on is not None

    @property
    def words(self) -> tuple[str, ...]:
        """Its tags, each a word."""
        return words_of(self.tags)


@dataclass(frozen=True, slots=True, kw_only=True)
class UseRow:
    id: int
    item: int
    partner: str
    partner_name: str
    day: date
    used_by: str
    result: str


@dataclass(frozen=True, slots=True)
class LibraryItem:
    """An item with its uses, the newest first."""

    row: ItemRow
    uses: tuple[UseRow, ...]


def library(session: Session, search: str = "", form: str = "", tag: str = "") -> tuple[LibraryItem, ...]:
    """Items that hold every word looked for, whatever their case and accents; a hit in the title comes first."""
    used: dict[int, list[UseRow]] = defaultdict(list)
    for use in uses(session):
        used[use.item].append(use)
    wanted = _folded(search).split()
    query = shaped(ItemRow, library_item).order_by(func.lower(library_item.c.title), library_item.c.id)
    found = [row for row in rows(session, ItemRow, query) if _matches(row, wanted, form, tag)]
    found.sort(key=lambda row: not all(word in _folded(row.title) for word in wanted))
    return tuple(LibraryItem(row, tuple(used[row.id])) for row in found)


def uses(session: Session, partner: str | None = None) -> tuple[UseRow, ...]:
    """Who used what, of one partner or of all, the newest first."""
    described = TABLES["partner"]
    query = (
        shaped(UseRow, item_use, partner_name=func.coalesce(described.c.name, item_use.c.partner))
        .select_from(item_use)
        .outerjoin(described, described.c.id == item_use.c.partner)
        .where(*([] if partner is None else [item_use.c.partner == partner]))
        .order_by(item_use.c.day.desc(), item_use.c.id.desc())
    )
    return rows(session, UseRow, query)


def tags(found: Iterable[LibraryItem]) -> tuple[tuple[str, int], ...]:
    """The tags of these items with how many have each, the commonest first."""
    counted = Counter(tag.casefold() for item in found for tag in item.row.words)
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def _matches(row: ItemRow, wanted: Iterable[str], form: str, tag: str) -> bool:
    if (form and row.form != form) or (tag and tag.casefold() not in {t.casefold() for t in row.words}):
        return False
    said = _folded(" ".join((row.form, row.title, row.text, row.tags, row.product, row.partner_type, row.place)))
    return all(word in said for word in wanted)


def _folded(text: str) -> str:
    """Without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
