"""Who a mail goes to: the partner's own people alone, and without a choice the main contact, or else those whose role
the mail is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner, Person
from partnerdesk.errors import Refused
from partnerdesk.queries.facts import fact, facts
from partnerdesk.queries.partners.record import is_main
from partnerdesk.queries.unknown import no_partner
from partnerdesk.reports.mail.message import Contact
from partnerdesk.reports.mail.text import FORECAST, REVIEW, STATEMENT

_MONEY = re.compile(
    r"financ|finanz|accounting|accountant|accounts|payable|billing|invoic|controll|treasur|bookkeep|\bcfo\b"
    r"|buchhalt|rechnung|comptab|factur|contab|amministraz|boekhoud|financi|ekonomi|økonomi|talous|księgow|účet",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"alliance|allianz|partner|channel|vertrieb|sales|business dev|account manag|ventes|commercial|commerciale|verkoop"
    r"|försäljning|salg|ventas|comercial|vendite",
    re.IGNORECASE,
)
_DIRECTS = re.compile(
    r"managing|director|\bceo\b|\bcoo\b|chief exec|owner|founder|geschäftsf|inhaber|direct(eur|rice)|gérant|dirett"
    r"|bestuurder|directeur|direktør|verkställ",
    re.IGNORECASE,
)
# Whose role a kind of mail is about, the first that the partner has.
_ABOUT = {
    STATEMENT: (_MONEY, _LEADS, _DIRECTS),
    REVIEW: (_LEADS, _DIRECTS),
    FORECAST: (_LEADS, _DIRECTS, _MONEY),
}


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person of the partner with a mail address; `usual` says that the mail goes to it without a choice."""

    name: str
    email: str
    role: str
    usual: bool

    @property
    def contact(self) -> Contact:
        return Contact(self.name, self.email)


def addressees(session: Session, partner: str, kind: str) -> tuple[Addressee, ...]:
    """The partner's own people who have a mail address, by name. A mail is for the main contact where somebody is, else
    for those whose role it is about, and where no role tells for all of them."""
    people = facts(session, partner, kinds=("person",)).of("person")
    own = [p for p in people if p.partner == partner and p.side == "partner" and p.email.strip()]
    own.sort(key=lambda p: (p.name, p.id))
    main = [p.id for p in own if is_main(p.attributes)]
    meant = main or next((found for about in _ABOUT[kind] if (found := _with(own, about))), [p.id for p in own])
    return tuple(Addressee(p.name, p.email.strip(), p.role, p.id in meant) for p in own)


def _with(people: Sequence[Person], about: re.Pattern[str]) -> list[str]:
    return [p.id for p in people if about.search(p.role)]


@dataclass(frozen=True, slots=True)
class Offered:
    """Whom a mail to a partner of this name may go to."""

    name: str
    people: tuple[Addressee, ...]


def offered(session: Session, partner: str, kind: str) -> Offered:
    """The people to choose from. Raises Refused for a partner that has none, or is none."""
    row = fact(session, "partner", partner)
    if not isinstance(row, Partner):
        raise no_partner(session, partner)
    found = Offered(row.document_name or row.name, addressees(session, partner, kind))
    if not found.people:
        sentence = f"{found.name} has no person with a mail address."
        raise Refused(sentence, "Add one: a person of this partner, with an e-mail.")
    return found


def chosen(session: Session, partner: str, kind: str, to: Sequence[str]) -> tuple[Contact, ...]:
    """The people whom a draft goes to: those with the addresses `to`, or the usual ones where there are none.

    Raises Refused for an address that is none of the partner's people's, and what `offered` refuses.
    """
    found = offered(session, partner, kind)
    own = {one.email.lower() for one in found.people}
    for address in to:
        if address.strip().lower() not in own:
            raise Refused(f"{address} is nobody of {found.name}.", "Choose one of its own people.")
    wanted = {address.strip().lower() for address in to} or {one.email.lower() for one in found.people if one.usual}
    return tuple(one.contact for one in found.people if one.email.lower() in wanted)
