"""One event becomes one line: base x rate x factor x credited share, rounded once by the program's rounding."""

from datetime import date
from decimal import Decimal
from typing import Any, Generic, NamedTuple

from partnerdesk.engine.earnings.events import events
from partnerdesk.engine.earnings.rates import Rated, multiplier, rated
from partnerdesk.engine.earnings.terms import EarningTerms, Event
from partnerdesk.engine.facts import Deal
from partnerdesk.engine.figure import Excluded, N
from partnerdesk.engine.metrics import measured
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.needs import ready
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.tiers import tier_on
from partnerdesk.engine.world import MissingRate


class Earned(NamedTuple, Generic[N]):
    """All lines before caps, in order of (day, rule, id), and what did not count."""

    lines: list[EarningLine[N]]
    uncounted: list[Excluded]


# Bases of earlier events, per earning and the period through which its bands go on.
Running = dict[tuple[str, str], N]


def earned(reckoning: Reckoning[N], first: date) -> Earned[N]:
    """The lines of every rule of every version from `first` to the as-of day, each version on its own events."""
    found: list[tuple[date, int, str, EarningLine[N]]] = []
    uncounted: list[Excluded] = []
    running: Running[N] = {}
    for version in reckoning.terms.versions:
        start = max(first, version.start)
        if start > version.rules_to:
            continue
        for order, terms in enumerate(version.earnings.values()):
            for line in _of_rule(reckoning, terms, (start, version.rules_to), running, uncounted):
                found.append((line.event, order, line.id, line))
    found.sort(key=_place)
    return Earned([line for _, _, _, line in found], uncounted)


def _place(placed: tuple[date, int, str, Any]) -> tuple[date, int, str]:
    return placed[:3]


def _of_rule(
    reckoning: Reckoning[N],
    terms: EarningTerms,
    days: tuple[date, date],
    running: Running[N],
    uncounted: list[Excluded],
) -> list[EarningLine[N]]:
    lines: list[EarningLine[N]] = []
    holds = ready(terms.version, terms.rule.when) if terms.rule.when is not None else None
    for event in events(reckoning, terms, *days, uncounted):
        scope = (terms.key, reckoning.calendar.at(event.day, terms.over).label) if terms.over else None
        try:
            if holds is None or holds(reckoning, event.period):
                line = _line(reckoning, terms, event, running.get(scope) if scope else None)
            else:
                line = "the condition of the rule is not met"
        except MissingRate as missing:
            place = f"{terms.rule.says}, {terms.kind} {event.fact.id}"
            reckoning.problems.append(Problem(place, f"{missing}.", "Add the rate."))
            continue
        if isinstance(line, str):
            if event.fact is not None:
                uncounted.append(Excluded(event.fact, line, terms.rule.reference, day=event.day))
        elif line is not None:
            lines.append(line)
            if scope is not None:
                parts = [running[scope], line.base] if scope in running else [line.base]
                running[scope] = reckoning.arithmetic.sum(parts, reckoning.currency, "bases before")
    return lines


def _line(reckoning: Reckoning[N], terms: EarningTerms, event: Event, before: N | None) -> EarningLine[N] | str | None:
    """The line of an event, or None where nothing is earned, or why the event does not count."""
    rule = terms.rule
    base = _base(reckoning, terms, event)
    if base is None:
        return f"its {rule.base.attribute.replace('_', ' ')} is not known"
    if not (base > ZERO or base < ZERO):
        return None
    tier = tier_on(reckoning, event.period.start if rule.tier_as_of == "period start" else event.day)
    if rule.amount is not None:
        rate: Rated[N] | None = Rated(None, base, (), "a fixed amount")
    else:
        rate = rated(reckoning, terms, event, tier, base, before)
    if rate is None:
        return "no rate of the table applies"
    return _made(reckoning, terms, event, tier, base, rate)


def _base(reckoning: Reckoning[N], terms: EarningTerms, event: Event) -> N | None:
    """What a line pays on: a fixed amount, a metric, or an amount of the event in the program's currency."""
    rule, ar = terms.rule, reckoning.arithmetic
    if rule.amount is not None:
        return ar.rule(rule.amount, reckoning.currency, rule.says, terms.origin)
    if terms.base_metric is not None:
        return measured(reckoning, terms.base_metric, event.period).value
    amount = terms.base(event.fact, reckoning.world) if terms.base else None
    if amount is None:
        return None
    name = rule.base.attribute
    if not terms.base_is_money:
        return ar.leaf(event.fact, name, Decimal(amount), terms.base_unit, name)
    return reckoning.money(terms.version, event.fact, amount, name, name, event.day)


def _share(reckoning: Reckoning[N], terms: EarningTerms, event: Event) -> N | None:
    """The partner's credited share of a deal, where it is not the whole; a fixed amount is paid in full."""
    if terms.rule.amount is not None or not isinstance(event.fact, Deal):
        return None
    share = reckoning.world.share(event.fact)
    return None if share == ONE else reckoning.arithmetic.leaf(event.fact, "credit", share, "1", "credited share")


def _made(
    reckoning: Reckoning[N],
    terms: EarningTerms,
    event: Event,
    tier: str,
    base: N,
    rate: Rated[N],
) -> EarningLine[N]:
    """The line with all its parts."""
    ar, currency, rule, rounding = reckoning.arithmetic, reckoning.currency, terms.rule, terms.rounding
    factor = multiplier(reckoning, terms, event, tier)
    share = None if event.fact is None else _share(reckoning, terms, event)
    chain = [base if rate.gross is None else rate.gross]
    for part in (rate.rate, factor, share):
        if part is not None:
            chain.append(part)
    product = ar.product(chain, currency, rule.says) if len(chain) > 1 else chain[0]
    computed = product if terms.rounds_later else ar.round(product, rounding.decimals, rounding.mode)
    if ar.traced:
        computed = ar.because(computed, rate.because)
    id = f"{terms.name}:{event.period.label if event.fact is None else event.fact.id}"
    own, exchange, fact, deal, contract, customer, product_ = _linked(reckoning, terms, event)
    # In the order of the fields: naming thirty of them for every line costs more than all the arithmetic.
    return EarningLine._make(
        (
            *(id, terms.ref, rule.type, rule.says, reckoning.partner, event.day, event.day, event.statement),
            *(base, rate.rate, factor, share, computed, reckoning.nothing, computed, currency),
            *(own, exchange, rate.because, terms.kind, fact, deal, contract, customer, product_),
            *(tier, rate.steps, "", terms.base_unit),
        )
    )


def _linked(reckoning: Reckoning[N], terms: EarningTerms, event: Event) -> tuple[Any, ...]:
    """Currency and exchange rate of the fact that a line came from, its id, and what it names."""
    fact, kind, currency = event.fact, terms.kind, reckoning.currency
    if fact is None:
        return currency, None, "", None, None, None, None
    exchange, own = None, getattr(fact, "currency", currency)
    if terms.base_is_money and own != currency:
        exchange = reckoning.world.exchange(own, event.day, terms.version.program.exchange).rate
    deal = fact.id if kind == "deal" else getattr(fact, "deal", None)
    contract = fact.id if kind == "contract" else getattr(fact, "contract", None)
    customer = reckoning.world.customer_of(fact)
    return own, exchange, fact.id, deal, contract, customer, getattr(fact, "product", None)
