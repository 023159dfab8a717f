"""Rates by what an earning paid before: a line goes on in the band that its earlier lines have reached.

5 % until 10,000 of commission was paid in the year, then 3 %: the sale that crosses is split there. What counts is what
lines come to before caps, of all entries of the rule's table and under all versions, and what a partner that was taken
over had earned before. Of other earnings that bands name (`paid_with`) lines of earlier days count: by day, so that it
does not matter how far those have been worked out.
"""

from datetime import date, timedelta
from typing import Any, Generic

from partnerdesk.engine.earnings.bands import Rated, Running, owner_of
from partnerdesk.engine.earnings.earned_before import earned_before, stands_for
from partnerdesk.engine.earnings.factors import multiplier
from partnerdesk.engine.earnings.shares import share_of
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.figures.reasons import amount_words
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.terms.earnings import EarningTerms, Event
from partnerdesk.engine.terms.tables import BandTerms
from partnerdesk.engine.terms.versions import Terms

_DAY = timedelta(days=1)
# A period through which what was paid adds up, and what keeps it apart.
Scope = tuple[str, str]


def paid_scopes(terms: Terms) -> dict[str, tuple[Scope, ...]]:
    """By earning, through what its lines add up; those whose bands ask for it in any version. Kept for all partners."""
    if terms.paid_scopes is None:
        terms.paid_scopes = _paid_scopes(terms)
    return terms.paid_scopes


def _paid_scopes(terms: Terms) -> dict[str, tuple[Scope, ...]]:
    found: dict[str, dict[Scope, None]] = {}
    for version in terms.versions:
        for key, rule in version.earnings.items():
            for bands in (rule.bands, *(entry.bands for entry in rule.entries)):
                if bands is not None and bands.fills:
                    for name in (key, *bands.beside):
                        found.setdefault(name, {})[bands.over, bands.each] = None
    return {key: tuple(scopes) for key, scopes in found.items()}


class PaidBefore(Generic[N]):
    """What the earnings of a partner paid so far, for those whose rates go by it."""

    def __init__(self, reckoning: Reckoning[N], running: Running[N]) -> None:
        """What a partner taken over had earned before counts first, in place of the lines of those days."""
        self.reckoning, self.running, self.scopes = reckoning, running, paid_scopes(reckoning.terms)
        self.before = earned_before(reckoning) if self.scopes else []
        for one in self.before:
            for over, each in self.scopes.get(one.earning, ()):
                owner = None if each == "partner" else _of_former(reckoning, one.row, each)
                self._add(_scope(reckoning, one.earning, one.day, (over, each), owner), one.day, one.amount)

    def note(self, terms: EarningTerms, event: Event, line: EarningLine[N]) -> None:
        """Adds a line to what its earning has paid, for those that come after it."""
        scopes = self.scopes.get(terms.key, ())
        if not scopes or (self.before and stands_for(self.before, line)):
            return
        for over, each in scopes:
            owner = owner_of(self.reckoning, terms, event, each)
            self._add(_scope(self.reckoning, terms.key, event.day, (over, each), owner), event.day, line.computed)

    def _add(self, name: object, day: date, amount: N) -> None:
        before = self.running.get(name)
        parts = [amount] if before is None else [before, amount]
        self.running[name] = self.reckoning.arithmetic.sum(parts, self.reckoning.currency, "paid before")
        self.reckoning.paid_by_day.setdefault(name, []).append((day, amount))


def filling(
    reckoning: Reckoning[N],
    terms: EarningTerms,
    bands: BandTerms,
    event: Event,
    tier: str,
    base: N,
    running: Running[N],
) -> Rated[N]:
    """The base in slices, by bands that fill up with what is paid; multipliers and credit follow, as of any rate."""
    ar, currency = reckoning.arithmetic, reckoning.currency
    owner = owner_of(reckoning, terms, event, bands.each)
    paid = _paid(reckoning, terms.key, bands, event, owner, running)
    times = _times(reckoning, terms, event, tier)
    cut = ar.fill(base, paid, times, bands.steps)
    gross = ar.filled(base, paid, times, bands.steps, cut, currency, "slices", terms.rate_origin)
    why = "each slice earns the rate of the band that is reached by what is paid"
    if bands.takes:
        why = "each slice is taken off at the rate of the band that is reached by what was taken off"
    if paid is not None:
        before = ar.value(paid)
        why += f", after {amount_words(-before if bands.takes else before, currency)} {bands.through}"
    return Rated(None, gross, cut, why)


def _paid(
    reckoning: Reckoning[N], key: str, bands: BandTerms, event: Event, owner: object, running: Running[N]
) -> N | None:
    """What the earning paid before the event, and the others that its bands name on earlier days."""
    scope = bands.over, bands.each
    own = running.get(_scope(reckoning, key, event.day, scope, owner))
    parts = [] if own is None else [own]
    for other in bands.beside:
        reckoning.lines_of(other.removeprefix("earning."), event.day - _DAY)
        paid = reckoning.paid_by_day.get(_scope(reckoning, other, event.day, scope, owner), ())
        parts += [amount for day, amount in paid if day < event.day]
    if len(parts) < 2:
        return next(iter(parts), None)
    return reckoning.arithmetic.sum(parts, reckoning.currency, "paid before")


def _times(reckoning: Reckoning[N], terms: EarningTerms, event: Event, tier: str) -> N | None:
    """What the rate is multiplied with before it is paid; None where that is nothing."""
    factor = multiplier(reckoning, terms, event, tier) if terms.factors else None
    parts = [n for n in (factor, share_of(reckoning, terms, event)) if n is not None]
    return reckoning.arithmetic.product(parts, "1", "multiplied with") if len(parts) > 1 else next(iter(parts), None)


def _of_former(reckoning: Reckoning[N], row: Any, each: str) -> object:
    """What keeps a line of the former ledger apart, as `owner_of` has it for events."""
    return reckoning.world.customer_of(row) if each == "customer" else getattr(row, each)


def _scope(reckoning: Reckoning[N], earning: str, day: date, scope: Scope, owner: object) -> object:
    """What names the sum of what an earning paid, whatever the version."""
    over, each = scope
    return f"paid by {earning}", each, owner, reckoning.label(day, over, owner)
