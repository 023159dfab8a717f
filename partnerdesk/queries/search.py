"""Find partners and deals by a few letters, for the command palette."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from partnerdesk.engine.money import major
from partnerdesk.models.facts import TABLES

MOST_DEALS = 5


@dataclass(frozen=True, slots=True)
class PartnerHit:
    """A partner that can be found; `status` is active, prospect, suspended, left or unknown."""

    id: str
    name: str
    type: str
    country: str
    status: str


@dataclass(frozen=True, slots=True)
class DealHit:
    """A deal that was found; days and amounts where they are known."""

    id: str
    name: str
    partner: str
    partner_name: str
    status: str
    amount: Decimal | None
    currency: str
    closes: date | None


def partner_hits(session: Session) -> tuple[PartnerHit, ...]:
    """Every partner by name; few enough to match while the user types."""
    partner = TABLES["partner"].c
    query = select(partner.id, partner.name, partner.type, partner.country, partner.status).order_by(partner.name)
    return tuple(PartnerHit(*row) for row in session.execute(query))


def deal_hits(session: Session, text: str, limit: int = MOST_DEALS) -> tuple[DealHit, ...]:
    """Deals whose id, name or customer holds the text; open ones first, then the latest."""
    deal, partner, customer = TABLES["deal"], TABLES["partner"], TABLES["customer"]
    like = f"%{text.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
    named = or_(*(column.like(like, escape="!") for column in (deal.c.id, deal.c.name, customer.c.name)))
    day = func.coalesce(deal.c.closed, deal.c.expected_close)
    query = (
        select(
            deal.c.id,
            func.coalesce(func.nullif(deal.c.name, ""), customer.c.name, deal.c.customer, ""),
            func.coalesce(deal.c.partner, ""),
            func.coalesce(partner.c.name, deal.c.partner, ""),
            deal.c.status,
            deal.c.amount,
            deal.c.currency,
            day,
        )
        .select_from(
            deal.outerjoin(partner, partner.c.id == deal.c.partner).outerjoin(
                customer, customer.c.id == deal.c.customer
            )
        )
        .where(named)
        .order_by(deal.c.status != "open", day.desc())
        .limit(limit)
    )
    return tuple(_deal_hit(tuple(row)) for row in session.execute(query))


def _deal_hit(row: tuple[object, ...]) -> DealHit:
    id, name, partner, partner_name, status, amount, currency, day = row
    exact = major(amount, str(currency)) if isinstance(amount, int) else None
    closes = date.fromisoformat(day) if isinstance(day, str) else day if isinstance(day, date) else None
    return DealHit(str(id), str(name), str(partner), str(partner_name), str(status), exact, str(currency), closes)


def folded(text: str) -> str:
    """Text for matching: lower case without accents, so that lodz finds Łódź; keeps its length where it can."""
    plain = (_WHOLE.get(c, c) for c in text)
    return "".join(unicodedata.normalize("NFKD", c)[0].casefold()[:1] or c for c in "".join(plain))


_WHOLE = {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "æ": "a", "Æ": "A", "œ": "o", "Œ": "O", "ß": "s"}


def places_of(letters: str, text: str) -> tuple[int, ...] | None:
    """Where the letters stand in the text: whole first (at a word's start before inside one), else scattered.

    None when they are not all there in order. Places count characters of `text`.
    """
    wanted, hay = folded(letters), folded(text)
    if not wanted:
        return ()
    at = _start_of_word(wanted, hay)
    if at < 0:
        at = hay.find(wanted)
    if at >= 0:
        return tuple(range(at, at + len(wanted)))
    return _scattered(wanted.replace(" ", ""), hay)


def _start_of_word(wanted: str, hay: str) -> int:
    if hay.startswith(wanted):
        return 0
    at = hay.find(f" {wanted}")
    return at + 1 if at >= 0 else -1


def _scattered(wanted: str, hay: str) -> tuple[int, ...] | None:
    places = []
    at = -1
    for letter in wanted:
        at = hay.find(letter, at + 1)
        if at < 0:
            return None
        places.append(at)
    # Letters that begin words count as found; anything looser would find everything.
    starts = {i for i in range(len(hay)) if i == 0 or not hay[i - 1].isalnum()}
    return tuple(places) if sum(p in starts for p in places) * 2 >= len(places) else None
