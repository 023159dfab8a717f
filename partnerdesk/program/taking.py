"""Earnings that take off and never pay: a fee, a vendor's share; and the same rule as if it paid."""

from dataclasses import replace
from decimal import Decimal
from itertools import chain

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.rules import Bands, Earning, Rate
from partnerdesk.engine.terms.triggers import trigger_of

_GIVEN_BACK = frozenset({"credit-note", "refund", "write-off"})


def takes_only(rule: Earning) -> bool:
    """Whether every number of a rule's pay is zero or below, and one is below."""
    numbers = [rule.amount or ZERO]
    if rule.rate is not None:
        entries = [(e.rate or ZERO, e.amount or ZERO) for e in rule.rate.entries]
        steps = [(s.rate, s.amount) for bands in _bands_of(rule.rate) for s in bands.steps]
        numbers += [rule.rate.otherwise or ZERO, *chain(*entries, *steps)]
    return max(numbers) <= ZERO and any(numbers)


def takes_off(rule: Earning) -> bool:
    """Whether what a rule gives is taken off: by a rate below zero, or of amounts that are below zero themselves."""
    return takes_only(rule) is not _is_given_back(rule)


def _is_given_back(rule: Earning) -> bool:
    """Whether the amounts that it pays on are below zero by their kind: credit notes, refunds, write-offs."""
    trigger, base = trigger_of(rule), rule.base
    if trigger is None or trigger.kind != "transaction" or rule.amount is not None:
        return False
    kinds = [test.one_of for test in rule.where if test.attribute == "kind" and not test.negated and test.one_of]
    is_amount = base.attribute == "amount" and not base.less and base.not_below is None
    return is_amount and any(set(map(str, one_of)) <= _GIVEN_BACK for one_of in kinds)


def turned(rule: Earning) -> Earning:
    """The rule with the sign of every number of its pay turned."""
    return replace(rule, amount=_minus(rule.amount), rate=None if rule.rate is None else _turned(rule.rate))


def _bands_of(rate: Rate) -> list[Bands]:
    return [bands for bands in (rate.bands, *(e.bands for e in rate.entries)) if bands is not None]


def _turned(rate: Rate) -> Rate:
    entries = [
        replace(e, rate=_minus(e.rate), amount=_minus(e.amount), bands=_turned_bands(e.bands)) for e in rate.entries
    ]
    bands, otherwise = _turned_bands(rate.bands), _minus(rate.otherwise)
    return replace(rate, entries=tuple(entries), bands=bands, otherwise=otherwise)


def _turned_bands(bands: Bands | None) -> Bands | None:
    if bands is None:
        return None
    return replace(bands, steps=tuple(replace(s, rate=-s.rate, amount=-s.amount) for s in bands.steps))


def _minus(number: Decimal | None) -> Decimal | None:
    return None if number is None else -number
