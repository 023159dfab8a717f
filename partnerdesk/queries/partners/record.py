"""A partner's own record as its page edits it, with what can be chosen there, and the contacts of both sides."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner, Person
from partnerdesk.errors import Refused
from partnerdesk.models.facts import TABLES
from partnerdesk.queries.facts import facts
from partnerdesk.queries.unknown import no_partner

MAIN = "main contact"  # the free attribute of a person, by its name in lower case
_YES = frozenset({"yes", "true", "1", "x", "y", "ja", "oui", "sì", "si", "sí"})


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Somebody of a partner, or of ours; `main` says that a partner is written to there first."""

    id: str
    name: str
    role: str
    email: str
    phone: str
    main: bool


@dataclass(frozen=True, slots=True)
class PartnerRecord:
    """The row of a partner, its contacts and ours, and what its fields are completed from."""

    partner: Partner
    contacts: tuple[ContactRow, ...]
    ours: tuple[ContactRow, ...]
    partners: Mapping[str, str]
    offers: Mapping[str, tuple[str, ...]]

    @property
    def people(self) -> dict[str, str]:
        """Our own people by id."""
        return {row.id: row.name for row in self.ours}


def partner_record(session: Session, id: str) -> PartnerRecord:
    """A partner's record. Raises Refused for an unknown partner."""
    rows = facts(session, kinds=("partner", "person"))
    partner = next((row for row in rows.of("partner") if row.id == id), None)
    if partner is None:
        raise no_partner(session, id)
    ours = [p for p in rows.of("person") if p.partner is None and p.side == "vendor"]
    return PartnerRecord(
        partner,
        contact_rows([p for p in rows.of("person") if p.partner == id]),
        contact_rows(ours),
        {row.id: row.name for row in rows.of("partner")},
        {name: _used(session, name) for name in ("type", "segment", "region", "city", "country")},
    )


def contacts_of(session: Session, partner: str | None) -> tuple[ContactRow, ...]:
    """The contacts of a partner, or our own people. Raises Refused for an unknown partner."""
    if partner is not None:
        return partner_record(session, partner).contacts
    people = facts(session, kinds=("person",)).of("person")
    return contact_rows([p for p in people if p.partner is None and p.side == "vendor"])


def contact_named(session: Session, id: str) -> ContactRow:
    """Somebody by the id. Raises Refused where there is nobody."""
    people = [p for p in facts(session, kinds=("person",)).of("person") if p.id == id]
    if not people:
        raise Refused(f"There is nobody {id} in this book.", "`partnerdesk contact list PARTNER` names them.")
    return contact_rows(people)[0]


def contact_rows(people: "list[Person]") -> tuple[ContactRow, ...]:
    """People as contacts, the main one first, then by name."""
    found = [ContactRow(p.id, p.name, p.role, p.email, p.phone, is_main(p.attributes)) for p in people]
    return tuple(sorted(found, key=lambda row: (not row.main, row.name.casefold(), row.id)))


def is_main(attributes: Mapping[str, str]) -> bool:
    """Whether a person's free attributes say that it is the main contact."""
    return any(key.lower() == MAIN and value.strip().lower() in _YES for key, value in attributes.items())


def _used(session: Session, name: str) -> tuple[str, ...]:
    """The values that a field of partners has in this book."""
    column = TABLES["partner"].c[name]
    return tuple(sorted(value for value in session.scalars(select(column).distinct()) if value))
