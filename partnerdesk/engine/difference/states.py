"""One side of a comparison, and the states between two sides: one ingredient after the other is swapped."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from partnerdesk.engine.difference.rows import Change, Rows, facts_of, rows_of
from partnerdesk.engine.evaluate import evaluate, explain, in_order
from partnerdesk.engine.facts import Facts
from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.rules import Earning, Program
from partnerdesk.engine.semantics import NEWEST
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.engine.whole import Outcome, PartnerOutcome


@dataclass(frozen=True, slots=True)
class Side:
    """What figures rest on: versions of a program, facts and a day. `since` and `through` bound the statement
    periods whose amounts count, by a day in the first and in the last one; `semantics` is what the figures mean, where
    a statement was closed under an earlier number. `posted` is what closed statements hold of the partner: later
    truth comes as true-ups then, and what settlement takes of those may be another amount than of lines in their time.
    `leaves` is what is posted once the side itself is closed.
    """

    programs: tuple[Program, ...]
    facts: Facts
    as_of: date
    since: date | None = None
    through: date | None = None
    semantics: int = NEWEST
    posted: Posted | None = None
    leaves: Posted | None = None


@dataclass(frozen=True, slots=True)
class State:
    """Ingredients of an evaluation; `tier` is the tier of each day, where it is held."""

    programs: tuple[Program, ...]
    rows: Rows
    as_of: date
    since: date | None
    through: date | None
    semantics: int
    posted: Posted | None = None
    leaves: Posted | None = field(default=None, compare=False)
    tier: Callable[[date], str] | None = None
    _outcomes: dict[str, Outcome | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def outcome(self, partner: str) -> Outcome | None:
        """The partner's figures in plain values, worked out once; None where it is not among the rows."""
        if partner not in self._outcomes:
            found = evaluate(self.programs, facts_of(self.rows), self.as_of, **self._settings(partner))
            self._outcomes[partner] = found.partners.get(partner)
        return self._outcomes[partner]

    def traced(self, partner: str) -> PartnerOutcome[Figure] | None:
        """The same with every step kept."""
        found = explain(self.programs, facts_of(self.rows), self.as_of, **self._settings(partner))
        return found.partners.get(partner)

    def _settings(self, partner: str) -> dict[str, Any]:
        tiers = {partner: self.tier} if self.tier else None
        posted = {partner: self.posted} if self.posted else None
        return {"partners": [partner], "posted": posted, "tiers": tiers, "semantics": self.semantics}

    def meaning(self, semantics: int) -> "State":
        """The same with figures that mean what they do under a number."""
        return replace(self, semantics=semantics)

    def on(self, other: "State") -> "State":
        """The same on the day of another state: a later one finds this one closed."""
        posted = self.leaves if other.as_of >= self.as_of else other.posted
        return replace(self, as_of=other.as_of, since=other.since, through=other.through, posted=posted)

    def closed_as(self, other: "State") -> "State":
        """The same with what was posted for another state."""
        return replace(self, posted=other.posted)

    def holding(self, outcome: Outcome | None) -> "State":
        """The same with the tiers that an outcome had, the last one for the days after it."""
        if outcome is None:
            return self
        tier_on, last = outcome.tier_on, self.as_of
        return replace(self, tier=lambda day: tier_on(min(day, last)))

    def released(self) -> "State":
        """The same with the tier that the figures and decisions give."""
        return replace(self, tier=None)

    def under(self, programs: tuple[Program, ...]) -> "State":
        """The same under other versions."""
        return replace(self, programs=programs)

    def with_changes(self, changes: Iterable[Change]) -> "State":
        """The same with some rows as the other side has them."""
        rows = dict(self.rows)
        for change in changes:
            if change.after is None:
                rows.pop(change.key)
            else:
                rows[change.key] = change.after
        return replace(self, rows=rows)


def state_of(side: Side | State) -> State:
    """A side as it is. Raises ValueError without a program or with two versions on one day."""
    if isinstance(side, State):
        return side
    programs, rows = in_order(side.programs), rows_of(side.facts)
    return State(programs, rows, side.as_of, side.since, side.through, side.semantics, side.posted, side.leaves)


def with_money(programs: tuple[Program, ...], of: tuple[Program, ...], *, exchange: bool) -> tuple[Program, ...]:
    """Versions that round as those of the other side do in their place; with `exchange` they exchange so, too."""
    return tuple(_with_money(program, _in_force(of, program.effective_from), exchange) for program in programs)


def _with_money(program: Program, other: Program, exchange: bool) -> Program:
    found = replace(program, rounding=other.rounding)
    if not exchange:
        return found
    return replace(found, exchange=other.exchange, earning=_exchanged(program.earning, other.earning))


def _exchanged(earnings: Mapping[str, Earning], others: Mapping[str, Earning]) -> Mapping[str, Earning]:
    """Earnings with the exchange that the other version gives them, where it has one of that name."""
    return {
        name: replace(rule, exchange=others[name].exchange)
        if name in others and others[name].exchange != rule.exchange
        else rule
        for name, rule in earnings.items()
    }


def _in_force(programs: tuple[Program, ...], day: date) -> Program:
    """The version of a day; the first one before any is."""
    return ([p for p in programs if p.effective_from <= day] or [programs[0]])[-1]


def versions_paired(before: tuple[Program, ...], after: tuple[Program, ...]) -> list[tuple[Program, Program]]:
    """Each later version beside the earlier one in whose place it stands; equal texts are left out."""
    pairs = [(_in_force(before, program.effective_from), program) for program in after]
    pairs += [(program, _in_force(after, program.effective_from)) for program in before]
    return list({(id(a), id(b)): (a, b) for a, b in pairs if a is not b and a != b}.values())
