"""One partner's own data and the people on both sides. Figures, dates and lists of partners are in `portfolio.py`."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from partnerdesk.models.facts import TABLES
from partnerdesk.queries.shape import rows, shaped

UNDESCRIBED = "unknown"  # the status of a partner that facts name and nothing describes


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerCard:
    """What stands on a partner's card."""

    id: str
    name: str
    legal_name: str
    document_name: str
    type: str
    segment: str
    region: str
    country: str
    city: str
    currency: str
    language: str
    status: str
    owner: str | None
    owner_name: str
    joined: date | None
    left: date | None
    parent: str | None
    agreement: str
    agreement_signed: date | None
    tax_id: str

    @property
    def is_described(self) -> bool:
        return self.status != UNDESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    id: str
    name: str
    side: str
    partner: str | None
    role: str
    email: str
    phone: str


def partner_card(session: Session, id: str) -> PartnerCard | None:
    """One partner, or None."""
    partner, owner = TABLES["partner"], TABLES["person"].alias()
    query = (
        shaped(PartnerCard, partner, owner_name=func.coalesce(owner.c.name, partner.c.owner, ""))
        .select_from(partner)
        .outerjoin(owner, owner.c.id == partner.c.owner)
        .where(partner.c.id == id)
    )
    return next(iter(rows(session, PartnerCard, query)), None)


def people(session: Session, partner: str | None) -> tuple[PersonRow, ...]:
    """The people of a partner's side by name; of the vendor's side without a partner."""
    person = TABLES["person"].c
    where = person.partner == partner if partner is not None else person.partner.is_(None) & (person.side == "vendor")
    query = shaped(PersonRow, TABLES["person"]).where(where).order_by(person.name, person.id)
    return rows(session, PersonRow, query)


def everybody(session: Session) -> tuple[PersonRow, ...]:
    """The people of all partners and of the vendor, by name."""
    person = TABLES["person"]
    return rows(session, PersonRow, shaped(PersonRow, person).order_by(person.c.name, person.c.id))


@dataclass(frozen=True, slots=True)
class PartnerName:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Names:
    """Who can be named in a typed line: partners, and the people of both sides."""

    partners: tuple[PartnerName, ...] = ()
    people: tuple[PersonRow, ...] = ()

    def with_partner(self, partner: str | None) -> tuple[PersonRow, ...]:
        """The people of a partner's side and of ours."""
        return tuple(p for p in self.people if p.partner == partner or (p.partner is None and p.side == "vendor"))


def names(session: Session) -> Names:
    """All names of the book."""
    return Names(partner_rows(session), everybody(session))


def partner_rows(session: Session) -> tuple[PartnerName, ...]:
    """All partners by name, for choosing one."""
    partner = TABLES["partner"].c
    found = session.execute(select(partner.id, partner.name)).all()
    return tuple(sorted((PartnerName(r.id, r.name) for r in found), key=lambda r: r.name.casefold()))
