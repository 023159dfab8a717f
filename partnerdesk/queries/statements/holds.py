"""Holds on deals, customers and partners: what each keeps back, and what a hold that is about to be placed would."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.evaluate import evaluate, kinds_used
from partnerdesk.engine.facts import Facts, Hold
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import HELD, Entry, corrected_id
from partnerdesk.engine.whole import Outcome
from partnerdesk.meant import unknown
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation, needed_programs
from partnerdesk.queries.payments.runs import PAY, all_items
from partnerdesk.queries.statements.archive import closed_statements, posted
from partnerdesk.queries.statements.payable import left_payable, part_of
from partnerdesk.queries.unknown import no_partner

PARTNER, CUSTOMER, DEAL = "partner", "customer", "deal"


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A hold as lists show it: what it is on, what it keeps back in `currency`, for how many days it has stood."""

    id: str
    partner: str
    partner_name: str
    scope: str  # partner, customer or deal
    of: str  # the id of the customer or the deal
    name: str  # of what is on hold
    day: date
    reason: str
    placed_by: str
    released: date | None
    release_reason: str
    released_by: str
    kept: Decimal
    currency: str
    days: int

    @property
    def stands(self) -> bool:
        return self.released is None


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that may be put on hold, what would be kept back of it on its first day, and what of it is with finance
    already: a payment run pays that unless its item is withdrawn.
    """

    scope: str
    of: str
    name: str
    kept: Decimal
    taken: str = ""  # the hold that stands on it already
    issued: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Holdable:
    """What a hold of a partner may be placed on, its first possible day, and the items that payment runs still pay."""

    partner: str
    name: str
    currency: str
    since: date
    choices: tuple[Choice, ...]
    items: tuple[str, ...] = ()


def holds(session: Session, as_of: date, partner: str | None = None) -> tuple[HoldRow, ...]:
    """Holds of all partners or of one: those that stand first, the oldest at the top."""
    found = facts(session, kinds=("hold", "partner", "customer", "deal"))
    rows = [row for row in found.of("hold") if partner in (None, row.partner)]
    if not rows:
        return ()
    outcomes = evaluation(session, as_of).partners
    names = _names(found)
    made = [_row(row, outcomes.get(row.partner), names, as_of) for row in rows]
    return tuple(sorted(made, key=lambda r: (not r.stands, r.day, r.id)))


def hold_named(session: Session, id: str, as_of: date) -> HoldRow:
    """One hold. Raises Refused where there is none of this name."""
    known = {row.id: row for row in holds(session, as_of)}
    if id not in known:
        raise unknown("hold", id, known.keys(), "`partnerdesk hold list --all` shows those there are.")
    return known[id]


def _names(found: Facts) -> Mapping[tuple[str, str], str]:
    """What partners, customers and deals are called."""
    named = {(kind, row.id): row.name for kind in (PARTNER, CUSTOMER) for row in found.of(kind)}
    return named | {(DEAL, row.id): row.name or row.id for row in found.of(DEAL)}


def _row(row: Hold, outcome: Outcome | None, names: Mapping[tuple[str, str], str], as_of: date) -> HoldRow:
    scope, of = scope_of(row)
    until = min(row.released or as_of, as_of)
    day = row.day or as_of
    return HoldRow(
        id=row.id,
        partner=row.partner,
        partner_name=names.get((PARTNER, row.partner), row.partner),
        scope=scope,
        of=of,
        name=names.get((scope, of), of),
        day=day,
        reason=row.reason,
        placed_by=row.placed_by,
        released=row.released,
        release_reason=row.release_reason,
        released_by=row.released_by,
        kept=kept(outcome.entries, row.id) if outcome else ZERO,
        currency=outcome.currency if outcome else "",
        days=max(0, (until - day).days),
    )


def scope_of(row: Hold) -> tuple[str, str]:
    """What a hold is on, and its id."""
    if row.deal:
        return DEAL, row.deal
    return (CUSTOMER, row.customer) if row.customer else (PARTNER, row.partner)


def kept(entries: Iterable[Entry[Decimal]], id: str) -> Decimal:
    """What a hold keeps in held; a correction of what it kept counts with it."""
    start = f"hold:{id}:"
    own = (e for e in entries if e.bucket == HELD and corrected_id(e).startswith(start))
    return sum((e.amount for e in own), ZERO)


def holdable(session: Session, partner: str, figure: str, as_of: date) -> Holdable:
    """What may be put on hold from the first open day on: the partner, and the customer and deal of a figure's line.

    Raises Refused for a partner that has no figures.
    """
    world = facts(session, kinds=("partner", "customer", "deal", "hold"))
    outcome = evaluation(session, as_of).partners.get(partner)
    names = _names(world)
    if outcome is None:
        raise no_partner(session, partner)
    since = first_open(session, partner, as_of)
    scopes = [(PARTNER, partner), *_of_line(outcome, figure)]
    taken = {scope_of(row): row.id for row in world.of("hold") if row.partner == partner and row.released is None}
    paying, choices = _paying(session, partner, as_of), []
    for scope, of in scopes:
        would = ZERO if (scope, of) in taken else _would_keep(session, partner, scope, of, since)
        issued = _issued(session, outcome, scope, of, sum(paying.values(), ZERO))
        choices.append(Choice(scope, of, names.get((scope, of), of), would, taken.get((scope, of), ""), issued))
    name = names.get((PARTNER, partner), partner)
    return Holdable(partner, name, outcome.currency, since, tuple(choices), tuple(paying))


@dataclass(frozen=True, slots=True)
class WithFinance:
    """What payment runs still pay of something, in `currency`, and their items; nothing holds it but a withdrawal."""

    amount: Decimal
    currency: str
    items: tuple[str, ...]


def with_finance(session: Session, partner: str, scope: str, of: str, as_of: date) -> WithFinance:
    """What of a partner, or of one of its customers or deals, was issued in a payment run and is not paid yet."""
    outcome = evaluation(session, as_of).partners.get(partner)
    paying = _paying(session, partner, as_of)
    if outcome is None or not paying:
        return WithFinance(ZERO, "", ())
    issued = _issued(session, outcome, scope, of, sum(paying.values(), ZERO))
    return WithFinance(issued, outcome.currency, tuple(paying))


def _paying(session: Session, partner: str, as_of: date) -> dict[str, Decimal]:
    """What items of payment runs still pay a partner, by their references."""
    items = ((i.reference, i.under_way(as_of)) for i in all_items(session) if i.partner == partner and i.kind == PAY)
    return {reference: amount for reference, amount in items if amount}


def _issued(session: Session, outcome: Outcome, scope: str, of: str, under_way: Decimal) -> Decimal:
    """What of something is under way: a run pays what became payable first of what is not paid."""
    if scope == PARTNER or not under_way:
        return under_way
    closed_to = max((row.end for row in closed_statements(session, outcome.partner)), default=date.min)
    lines = {line.id for line in outcome.lines if of == (line.deal if scope == DEAL else line.customer)}
    left, days = left_payable(outcome, closed_to)
    left = max(left, under_way)  # where debts are invoiced, more is paid than the balance

    def is_own(entry: Entry[Decimal]) -> bool:
        return entry.line in lines

    return part_of(days, left, is_own) - part_of(days, left - under_way, is_own)


def first_open(session: Session, partner: str, as_of: date) -> date:
    """The day itself, or the first one after the partner's closed statements."""
    last = max((row.end for row in closed_statements(session, partner)), default=None)
    return as_of if last is None else max(as_of, last + timedelta(days=1))


def _of_line(outcome: Outcome, figure: str) -> list[tuple[str, str]]:
    """The customer and the deal of the line, or of the entry's line, that a figure is."""
    kind, _, id = figure.partition("|")
    if kind == "entry":
        id = next((e.line for e in outcome.entries if e.id == id), "")
    line = next((one for one in outcome.lines if one.id == id), None)
    if line is None:
        return []
    return [(scope, of) for scope, of in ((CUSTOMER, line.customer), (DEAL, line.deal)) if of]


def _would_keep(session: Session, partner: str, scope: str, of: str, since: date) -> Decimal:
    """What a hold would keep back on its first day: the partner's figures with it."""
    versions = needed_programs(session)
    world = facts(session, kinds=kinds_used(versions))
    deal, customer = of if scope == DEAL else None, of if scope == CUSTOMER else None
    row = Hold(id="?", partner=partner, day=since, deal=deal, customer=customer)
    with_it = Facts({**world.rows, "hold": (*world.of("hold"), row)})
    found = evaluate(versions, with_it, since, partners=[partner], posted=posted(session, partner))
    return kept(found.partners[partner].entries, "?")
