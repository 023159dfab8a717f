"""A partner's figures as they would be: the same engine on facts, rules and a day of which some are another.

What a side rests on is kept for the state of the book, so that the next change of the same case costs one evaluation
of one partner.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine.difference import Side
from partnerdesk.engine.evaluate import counts_groups, evaluate, explain, kinds_used
from partnerdesk.engine.facts import Facts, Partner
from partnerdesk.engine.forecast import with_schedule
from partnerdesk.engine.period import add_months
from partnerdesk.engine.rules import Program
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.engine.whole import Outcome, Traced
from partnerdesk.errors import Refused
from partnerdesk.forecast.own_world import own_world
from partnerdesk.ops.whatif.facts_changed import Left, changed_facts
from partnerdesk.ops.whatif.metrics_changed import with_metrics
from partnerdesk.ops.whatif.rules_changed import Text, changed_programs, texts
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import needed_programs, state
from partnerdesk.queries.scenarios import METRIC, Change
from partnerdesk.queries.statements.archive import posted
from partnerdesk.queries.unknown import no_partner

AS_IS = "As is"
KEPT = 12  # sides
FARTHEST = 120  # months ahead


@dataclass(frozen=True, slots=True)
class Case:
    """What is looked at: its name, what would be another way, and the day; none for today."""

    name: str = AS_IS
    changes: tuple[Change, ...] = ()
    day: date | None = None

    @property
    def is_as_is(self) -> bool:
        """Whether facts and rules are those of the book."""
        return not self.changes


@dataclass(frozen=True, slots=True)
class Given:
    """What every case of a partner begins with: the book as it is."""

    partner: Partner
    texts: tuple[Text, ...]
    facts: Facts  # of the whole book
    posted: dict[str, Posted]
    today: date


@dataclass(frozen=True, slots=True)
class Tried:
    """One side: the case, what its figures rest on, the figures, and the changes that are left out.

    `taken_as_paid` counts payments to come that contracts call for up to its day, where that lies ahead.
    """

    case: Case
    programs: tuple[Program, ...]
    facts: Facts  # the partner's part
    day: date
    outcome: Outcome
    left: tuple[Left, ...]
    taken_as_paid: int

    @property
    def side(self) -> Side:
        """The same as a side of a difference."""
        return Side(self.programs, self.facts, self.day)


_given: dict[Hashable, Given] = {}
_tried: dict[Hashable, Tried] = {}


def given(session: Session, partner: str, today: date) -> Given:
    """The book as it is for one partner. Raises Refused without a program and for a partner that is not there."""
    key = (*state(session), partner, today)
    if key not in _given:
        versions = needed_programs(session)
        world = facts(session, kinds=kinds_used(versions) | {"observation"})
        row = next((p for p in world.of("partner") if p.id == partner), None)
        if row is None:
            raise no_partner(session, partner)
        _given.clear()
        _tried.clear()
        _given[key] = Given(row, texts(session), world, dict(posted(session, partner)), today)
    return _given[key]


def tried(session: Session, partner: str, case: Case, today: date) -> Tried:
    """The figures of a case. Raises Refused as `given` does, and for a day that is over."""
    book = given(session, partner, today)
    key = (*state(session), partner, today, case.changes, case.day)
    if key not in _tried:
        while len(_tried) >= KEPT:
            _tried.pop(next(iter(_tried)))
        _tried[key] = _evaluated(book, case)
    return _tried[key]


def _evaluated(book: Given, case: Case) -> Tried:
    day = case.day or book.today
    if day < book.today:
        raise Refused(f"{day} is over.", f"Look at a day from {book.today} on; What changed compares past days.")
    if day > (last := add_months(book.today, FARTHEST)):
        raise Refused(f"{day} is too far ahead.", f"Look at a day up to {last}.")
    programs, left = changed_programs(book.texts, case.changes)
    whole, out = changed_facts(book.facts, case.changes)
    left += out
    if not any(p.id == book.partner.id for p in whole.of("partner")):
        raise Refused("Without the partner itself there are no figures.", "Take that change out.")
    own = own_world(whole, book.partner.id, whole.rows, groups=counts_groups(programs))
    paid = with_schedule(own, book.today, day, book.partner.id) if day > book.today else own
    more = len(paid.of("transaction")) - len(own.of("transaction"))
    found = _outcome(book, programs, paid, day)
    if any(change.action == METRIC for change in case.changes):
        programs, paid, wrong = with_metrics(programs, paid, book.partner.id, found, day, case.changes)
        left, found = [*left, *wrong], _outcome(book, programs, paid, day)
    return Tried(case, programs, paid, day, found, tuple(left), more)


def _outcome(book: Given, programs: tuple[Program, ...], facts: Facts, day: date) -> Outcome:
    found = evaluate(programs, facts, day, partners=[book.partner.id], posted=book.posted)
    return found.partners[book.partner.id]


def traced(session: Session, partner: str, case: Case, today: date) -> Traced:
    """The figures of a case with every step kept."""
    side = tried(session, partner, case, today)
    found = explain(
        side.programs, side.facts, side.day, partners=[partner], posted=given(session, partner, today).posted
    )
    return found.partners[partner]


def refuse_left(left: tuple[Left, ...], *, but_gone: bool = False) -> None:
    """Refuses the first change that cannot be; with `but_gone` those whose row is gone may stay."""
    wrong: Any = next((one for one in left if not (but_gone and one.is_gone)), None)
    if wrong is not None:
        raise Refused(wrong.why)
