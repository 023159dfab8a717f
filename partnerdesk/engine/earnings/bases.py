"""What a line pays on: a fixed amount, a metric, or an amount of the event, in the program's currency."""

from decimal import Decimal

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.metrics.metrics import measured
from partnerdesk.engine.metrics.referred import currency_of_referred
from partnerdesk.engine.money import ONE
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.terms.earnings import EarningTerms, Event
from partnerdesk.engine.terms.triggers import LINES
from partnerdesk.engine.world.where import Getter
from partnerdesk.engine.world.where_words import spoken


def base_of(reckoning: Reckoning[N], terms: EarningTerms, event: Event) -> N | str | None:
    """The base of an event; why there is none where that is worth saying. Raises MissingRate."""
    rule, ar = terms.rule, reckoning.arithmetic
    if rule.amount is not None:
        return ar.rule(rule.amount, reckoning.currency, rule.says, terms.origin)
    if terms.base_metric is not None:
        found = measured(reckoning, terms.base_metric, event.period)
        base: N | str | None = found.value
        if base is None:
            return f"{terms.base_metric.metric.says} is not evaluated: {found.missing}"
    elif terms.kind == LINES:
        base = ar.labelled(event.fact.amount, f"{event.fact.says}{_of_whom(event)}")
    elif terms.currency_of is not None:
        base = _by_currency(reckoning, terms, event, terms.currency_of)
    elif terms.base is None:
        # Amounts in place of rates need no base; one stands for the event itself.
        return ar.rule(ONE, "1", rule.says, terms.origin)
    else:
        base = attribute_of(reckoning, terms, event, rule.base.attribute, terms.base, terms.base_is_money)
    return _changed(reckoning, terms, event, base) if terms.base_is_changed and not isinstance(base, str) else base


def _of_whom(event: Event) -> str:
    return f" of {event.world.partner.name}" if event.world else ""


def attribute_of(
    reckoning: Reckoning[N], terms: EarningTerms, event: Event, name: str, get: Getter | None, is_money: bool
) -> N | str:
    """A number of the event's fact, or why it is none."""
    world = event.world or reckoning.world
    amount = get(event.fact, world) if get else None
    if amount is None:
        return f"its {spoken(name)} is not known"
    if not is_money:
        currency = currency_of_referred(reckoning, terms.kind, name, event.fact, world)
        number = reckoning.arithmetic.leaf(event.fact, name, Decimal(amount), currency or spoken(name), spoken(name))
        return reckoning.exchanged(terms.exchange, number, currency, spoken(name), event.day) if currency else number
    return reckoning.money(terms.exchange, event.fact, amount, name, spoken(name), event.day)


def _by_currency(reckoning: Reckoning[N], terms: EarningTerms, event: Event, get: Getter) -> N | str:
    """The amount that the rule states in the event's currency, or why there is none."""
    table, currency = terms.rule.base.by_currency, get(event.fact, event.world or reckoning.world)
    if not currency:
        return f"its {spoken(terms.rule.base.currency or 'currency')} is not known"
    if currency not in table:
        return f"the rule states no amount in {currency}"
    amount = reckoning.arithmetic.choice(table, currency, currency, f"amount in {currency}", terms.base_origin)
    return reckoning.exchanged(terms.exchange, amount, currency, "amount", event.day)


def _changed(reckoning: Reckoning[N], terms: EarningTerms, event: Event, base: N) -> N | str:
    """The base less another amount, times a number, not below a bound, divided, only whole ones: as the rule says."""
    ar, rule = reckoning.arithmetic, terms.rule.base
    unit, origin = terms.part_unit or reckoning.currency, terms.base_origin
    if rule.less:
        less = attribute_of(reckoning, terms, event, rule.less, terms.less, terms.base_is_money)
        if isinstance(less, str):
            return less
        base = ar.difference(base, less, unit, f"{spoken(rule.attribute)} less {spoken(rule.less)}")
    if rule.times:
        times = attribute_of(reckoning, terms, event, rule.times, terms.times, terms.times_is_money)
        if isinstance(times, str):
            return times
        base = ar.product([base, times], unit, f"base times {spoken(rule.times)}")
    if rule.not_below is not None:
        bound = ar.rule(rule.not_below, unit, "not below", origin)
        base = ar.greatest([base, bound], unit, "base, not below its bound")
    if rule.per is not None:
        found = terms.base_unit or reckoning.currency
        base = ar.quotient(base, ar.rule(rule.per, "1", "per", origin), found, f"base per {rule.per}")
    if rule.whole:
        base = ar.round(base, 0, "down")
    return base
