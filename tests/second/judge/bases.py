"""What an event is paid on, in the program's currency."""

from fractions import Fraction

from tests.second.judge.account import Account
from tests.second.judge.book import find
from tests.second.judge.filters import is_money, look, referred_currency
from tests.second.judge.line import EARNING, Event, Rule
from tests.second.judge.metrics import measure
from tests.second.judge.money import exchanged, rounded


def base_of(account: Account, rule: Rule, event: Event) -> Fraction | None:
    """A metric, a line's amount, an attribute, or one for the event itself. Raises NoRate."""
    base = rule.earning.base
    if base.metric:
        found = measure(rule.case, base.metric, event.asked)
    elif event.kind == EARNING:
        found = event.fact.amount
    elif base.by_currency:
        found = _by_currency(rule, event)
    elif not base.attribute:
        return Fraction(1)
    else:
        found = amount_of(rule, event, base.attribute)
    less = amount_of(rule, event, base.less) if base.less else Fraction(0)
    times = amount_of(rule, event, base.times) if base.times else Fraction(1)
    if found is None or less is None or times is None:
        return None
    found = (found - less) * times
    if base.not_below is not None:
        found = max(found, Fraction(base.not_below))
    if base.per is not None:
        found /= Fraction(base.per)
    return rounded(found, 0, "down") if base.whole else found


def currency_of(rule: Rule, event: Event) -> str:
    """The currency of an amount that is stated by it: the event's, or what the rule's own attribute says."""
    return str(look(event.case, event.kind, event.fact, rule.earning.base.currency or "currency") or "")


def _by_currency(rule: Rule, event: Event) -> Fraction | None:
    currency = currency_of(rule, event)
    if currency not in rule.earning.base.by_currency:
        return None
    exchange = rule.earning.exchange or rule.version.exchange
    return exchanged(rule.case, rule.earning.base.by_currency[currency], currency, event.day, exchange)


def amount_of(rule: Rule, event: Event, name: str) -> Fraction | None:
    """A number of the event's fact; of a line that is paid on one of its contract, deal, customer or product."""
    kind, fact = event.kind, event.fact
    if kind == EARNING:
        kind, _, name = name.partition(".")
        fact = find(event.case, kind, getattr(fact, kind))
    value = None if fact is None else look(event.case, kind, fact, name)
    if value is None:
        return None
    currency = fact.currency if is_money(kind, name) else referred_currency(event.case, kind, fact, name)
    if not currency:
        return Fraction(value)
    exchange = rule.earning.exchange or rule.version.exchange
    return exchanged(rule.case, value, currency, event.day, exchange)
