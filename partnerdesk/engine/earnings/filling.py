"""Rates by what an earning paid before: a line goes on in the band that its earlier lines have reached.

5 % until 10,000 of commission was paid in the year, then 3 %: the sale that crosses is split there. What counts is what
lines come to before caps, of all entries of the rule's table and under all versions.
"""

from collections.abc import Mapping

from partnerdesk.engine.earnings.bands import Rated, Running, owner_of
from partnerdesk.engine.earnings.factors import multiplier
from partnerdesk.engine.earnings.shares import share_of
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.figures.reasons import amount_words
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.terms.earnings import EarningTerms, Event
from partnerdesk.engine.terms.tables import BandTerms
from partnerdesk.engine.terms.versions import Terms

# A period through which what was paid adds up, and what keeps it apart.
Scope = tuple[str, str]


def paid_scopes(terms: Terms) -> dict[str, tuple[Scope, ...]]:
    """By earning, through what its lines add up; those whose bands ask for it in any version."""
    found: dict[str, dict[Scope, None]] = {}
    for version in terms.versions:
        for key, rule in version.earnings.items():
            for bands in (rule.bands, *(entry.bands for entry in rule.entries)):
                if bands is not None and bands.fills:
                    found.setdefault(key, {})[bands.over, bands.each] = None
    return {key: tuple(scopes) for key, scopes in found.items()}


def note_paid(
    reckoning: Reckoning[N],
    scopes: Mapping[str, tuple[Scope, ...]],
    made_by: tuple[EarningTerms, Event],
    line: EarningLine[N],
    running: Running[N],
) -> None:
    """Adds a line to what its earning has paid, for those that come after it."""
    for scope in scopes.get(made_by[0].key, ()):
        name = _name(reckoning, *made_by, scope)
        before = running.get(name)
        parts = [line.computed] if before is None else [before, line.computed]
        running[name] = reckoning.arithmetic.sum(parts, reckoning.currency, "paid before")


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
    paid = running.get(_name(reckoning, terms, event, (bands.over, bands.each)))
    times = _times(reckoning, terms, event, tier)
    cut = ar.fill(base, paid, times, bands.steps)
    gross = ar.filled(base, paid, times, bands.steps, cut, currency, "slices", terms.rate_origin)
    why = "each slice earns the rate of the band that is reached by what is paid"
    if paid is not None:
        through = "before" if bands.over == "ever" else f"earlier in the {bands.over}"
        why += f", after {amount_words(ar.value(paid), currency)} {through}"
    return Rated(None, gross, cut, why)


def _times(reckoning: Reckoning[N], terms: EarningTerms, event: Event, tier: str) -> N | None:
    """What the rate is multiplied with before it is paid; None where that is nothing."""
    factor = multiplier(reckoning, terms, event, tier) if terms.factors else None
    parts = [n for n in (factor, share_of(reckoning, terms, event)) if n is not None]
    return reckoning.arithmetic.product(parts, "1", "multiplied with") if len(parts) > 1 else next(iter(parts), None)


def _name(reckoning: Reckoning[N], terms: EarningTerms, event: Event, scope: Scope) -> object:
    """What names the sum of what an earning paid, whatever the version."""
    over, each = scope
    return f"paid by {terms.key}", each, owner_of(reckoning, terms, event, each), reckoning.label(event.day, over)
