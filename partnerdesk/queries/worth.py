"""The worth of an open deal, renewal, go-live or certificate of the book, and the Why of each of its amounts.

`worth_of` reads the whole book once (chances are learned from it) and evaluates one partner ten times: half a second.
A page asks for it away from its own thread.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Facts
from partnerdesk.engine.figures.figure import Figure
from partnerdesk.errors import Refused
from partnerdesk.forecast.below import above
from partnerdesk.forecast.effects import TITLES, Effect
from partnerdesk.forecast.event import MONTHS, Beside, Event, assumed
from partnerdesk.forecast.learned import Learned
from partnerdesk.forecast.worth import Worth, traced, worth
from partnerdesk.meant import unknown
from partnerdesk.queries.figures import needed_programs
from partnerdesk.queries.forecasts import learned_at, names
from partnerdesk.queries.joint.review_periods import spoken
from partnerdesk.queries.statements.archive import posted_by
from partnerdesk.queries.why import Why

KINDS = ("deal", "contract", "deployment", "certification")


@dataclass(frozen=True, slots=True)
class WorthView:
    """What an event is worth with all else as it stands, and where every other open item goes its likeliest way.

    `customers` are the names of those whose lines move, by id.
    """

    worth: Worth
    likely: Worth
    partner_name: str
    customers: dict[str, str]


def worths_of(session: Session, kind: str, id: str, as_of: date, months: int = MONTHS) -> tuple[WorthView, ...]:
    """What an open item is worth to each partner that shares it or earns on who does, its own first.

    Raises Refused as `worth_of` does.
    """
    sharing = partners_of(session, learned_at(session, as_of), kind, id)
    return tuple(worth_of(session, kind, id, as_of, months, partner) for partner in sharing)


def worth_of(session: Session, kind: str, id: str, as_of: date, months: int = MONTHS, partner: str = "") -> WorthView:
    """What an open item is worth to a partner, its own by default, up to so many months after its day.

    Raises Refused for an item that is not there, that is over, that is no partner's, or in which this one has no share.
    """
    learned = learned_at(session, as_of)
    partner = _partner(session, learned, kind, id, partner)
    versions, before = needed_programs(session), posted_by(session, partner, as_of)
    try:
        stands, likely = (
            worth(versions, learned, partner, (kind, id), Beside(months, is_likely), before)
            for is_likely in (False, True)
        )
    except LookupError:
        raise _not_open(id) from None
    moved = {m.customer for one in (stands, likely) for way in (one.well, one.ill) if way for m in way.effect.moved}
    known = {c.id: c.name for c in learned.facts.of("customer") if c.id in moved}
    return WorthView(stands, likely, names(session)[partner], known)


@dataclass(frozen=True, slots=True)
class WorthWhy:
    """A worth with the calculation of each of its parts, as things stand; `ill` is None where it can only wait."""

    view: WorthView
    well: Effect[Figure]
    ill: Effect[Figure] | None
    assumed: frozenset[tuple[str, str]]  # rows of the calculation that no book holds


def worth_explained(session: Session, kind: str, id: str, as_of: date, partner: str = "") -> WorthWhy:
    """What an open item is worth to a partner and why. Raises Refused as `worth_of` does."""
    view = worth_of(session, kind, id, as_of, partner=partner)
    partner = view.worth.partner
    before = posted_by(session, partner, as_of)
    event = Event(needed_programs(session), learned_at(session, as_of), partner, (kind, id), Beside(), before)
    taken = assumed(event, event.way(True)) | assumed(event, event.way(False))
    return WorthWhy(view, traced(event, True), traced(event, False) if view.worth.ill else None, taken)


def why_worth(
    session: Session,
    kind: str,
    id: str,
    as_of: date,
    part: str,
    *,
    well: bool = True,
    asked: Beside | None = None,
    partner: str = "",
) -> Why:
    """Why a part of a worth (now, later, tier or total) is what it is, line by line, with every step kept."""
    learned = learned_at(session, as_of)
    partner = _partner(session, learned, kind, id, partner)
    before = posted_by(session, partner, as_of)
    try:
        event = Event(needed_programs(session), learned, partner, (kind, id), asked or Beside(), before)
        figure = traced(event, well).part(part)
    except LookupError:
        raise _not_open(id) from None
    named = f"worth|{kind}|{id}|{part}|{'well' if well else 'ill'}"
    taken = assumed(event, event.way(well))
    return Why(named, figure, names(session)[partner], "", _sentence(event, part), None, "", assumed=taken)


def kind_of(session: Session, id: str, as_of: date) -> str:
    """What an id names: the first kind that has such a row. Raises Refused where none has."""
    facts = learned_at(session, as_of).facts
    found = next((kind for kind in KINDS if any(row.id == id for row in facts.of(kind))), None)
    if found is None:
        raise _unknown(facts, id)
    return found


def _unknown(facts: Facts, id: str) -> Refused:
    known = {row.id: getattr(row, "name", "") for kind in KINDS for row in facts.of(kind)}
    return unknown(
        "deal, contract, deployment or certificate", id, known, "Deals & renewals shows deals and contracts."
    )


def _sentence(event: Event, part: str) -> str:
    what = "What it brings in all" if part == "total" else f"What it brings {TITLES[part]}"
    until = spoken(f"{event.horizon:%Y-%m}")  # a horizon is the last day of a month
    return (
        f"{what} by the end of {until}: what is earned with {event.item.says.removesuffix(' renews')} going this way, "
        "less what is earned as things stand. What else it moves counts too."
    )


def partners_of(session: Session, learned: Learned, kind: str, id: str) -> tuple[str, ...]:
    """Whose an open item is: its own partner, those who are credited on it by the size of their share, and whoever
    stands above one of these and earns on it.

    Raises Refused for an item that is not there, or that is nobody's.
    """
    row = next((r for r in learned.facts.of(kind) if r.id == id), None) if kind in KINDS else None
    if row is None:
        raise _unknown(learned.facts, id)
    credits = [c for c in learned.facts.of("credit") if kind == "deal" and c.deal == id and c.partner]
    ordered = sorted(credits, key=lambda c: (-(c.share or 0), c.partner))
    found = dict.fromkeys([row.partner, *(c.partner for c in ordered)])
    sharing = tuple(str(partner) for partner in found if partner)
    if not sharing:
        raise Refused(f"“{id}” is no partner's, so it pays nobody.", "Say whose it is.")
    versions, day = needed_programs(session), learned.as_of
    higher = (who for partner in sharing for who in above(versions, learned.facts, partner, day))
    return tuple(dict.fromkeys((*sharing, *higher)))


def _partner(session: Session, learned: Learned, kind: str, id: str, asked: str = "") -> str:
    sharing = partners_of(session, learned, kind, id)
    if asked and asked not in sharing:
        raise Refused(f"“{asked}” has no share in “{id}”.", f"It is shared by {', '.join(sharing)}.")
    return asked or sharing[0]


def _not_open(id: str) -> Refused:
    return Refused(f"“{id}” is not open any more.", "A worth is told of what may still go one way or the other.")
