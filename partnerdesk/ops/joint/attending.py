"""A list of people, pasted or from a file, becomes the attendees of a review in one step.

Which side each is on is read from the book: somebody known, else the company beside the name, else an address like
those of one side. Who stays unknown counts as the partner's, and the reason is shown, so that it is put right first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from partnerdesk.engine.folding import folded
from partnerdesk.errors import Refused
from partnerdesk.intake.attendance import Named, people_in_file, people_in_text
from partnerdesk.ops.joint.reviews import add_attendee, open_review
from partnerdesk.queries.joint.reviews import review_view
from partnerdesk.queries.partners.people import PersonRow, partner_card, people

VENDOR, PARTNER = "vendor", "partner"
KNOWN, COMPANY, ADDRESS, GUESS = "known", "by the company", "by the address", "unknown: taken as theirs"
THERE = "attends already"
# What stands behind the @ of private people says nothing of their company; nor does an address that is not there.
EVERYBODYS = frozenset(
    ("", "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "gmx.de")
)


@dataclass(frozen=True, slots=True)
class Attending:
    """Somebody of a list. `why` says how the side was found; `is_there` that they attend already."""

    name: str
    side: str
    role: str
    why: str
    is_there: bool = False


def attending(session: Session, id: int, text: str = "", path: Path | None = None) -> tuple[Attending, ...]:
    """The people of a text or file, as they would attend a review. Raises Refused for a list that cannot be read."""
    named = people_in_text(text) if path is None else people_in_file(path)
    row = open_review(session, id)
    view, card = review_view(session, id, row["created"]), partner_card(session, row["partner"])
    there = {folded(person.name) for person in view.attendees} if view is not None else set()
    known = [*people(session, row["partner"]), *people(session, None)]
    names = {folded(name) for name in (card.name, card.legal_name) if name} if card is not None else set()
    return tuple(_attending(one, known, names, there) for one in named)


def _attending(one: Named, known: Sequence[PersonRow], partner: set[str], there: set[str]) -> Attending:
    person = next((p for p in known if _is(one, p)), None)
    if person is not None:
        role, is_there = one.role or person.role, folded(person.name) in there
        return Attending(person.name, person.side, role, THERE if is_there else KNOWN, is_there)
    side, why = next(_signs(one, known, partner), (PARTNER, GUESS))
    is_there = folded(one.name) in there
    return Attending(one.name, side, one.role, THERE if is_there else why, is_there)


def _is(one: Named, person: PersonRow) -> bool:
    """Whether somebody is a person of the book: by the address where both have one, else by the name."""
    if one.email and person.email and one.email == person.email.casefold():
        return True
    turned = " ".join(reversed(one.name.split()))
    return folded(person.name) in (folded(one.name), folded(turned))


def _signs(one: Named, known: Sequence[PersonRow], partner: set[str]) -> Iterator[tuple[str, str]]:
    """What speaks for a side."""
    company = f"{folded(one.company)} "
    if one.company and any(f"{name} ".startswith(company) or company.startswith(f"{name} ") for name in partner):
        yield PARTNER, COMPANY
    domain = one.email.rpartition("@")[2]
    for side in (PARTNER, VENDOR):
        if domain not in EVERYBODYS and any(p.side == side and _domain(p) == domain for p in known):
            yield side, ADDRESS


def _domain(person: PersonRow) -> str:
    return person.email.casefold().rpartition("@")[2]


def add_attendees(session: Session, id: int, found: Sequence[Attending]) -> tuple[int, ...]:
    """Adds the people of a list who do not attend yet, in its order. Raises Refused where nobody is new."""
    new = [one for one in found if not one.is_there]
    if not new:
        raise Refused("Everybody of this list attends already.", "Nothing is to be done.")
    return tuple(add_attendee(session, id, name=one.name, side=one.side, role=one.role) for one in new)
