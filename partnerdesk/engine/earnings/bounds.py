"""What a line pays at least and at most: an amount, or another base at another rate."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Generic, NamedTuple, TypeAlias

from partnerdesk.engine.earnings.bands import Rated
from partnerdesk.engine.earnings.bases import base_of
from partnerdesk.engine.earnings.rates import rated
from partnerdesk.engine.earnings.shares import is_flat, share_of
from partnerdesk.engine.figures.figure import N, is_zero
from partnerdesk.engine.figures.reasons import (
    amount_words,
    base_words,
    exact_words,
    factor_words,
    number,
    percent_words,
)
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import Workings
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.semantics import BOUNDS_FEES
from partnerdesk.engine.terms.earnings import EarningTerms, Event

# What the formulas of a rule give for an event, each with how it is worked out; one that bounds nothing is left out.
Given: TypeAlias = Mapping[str, tuple[N, str]]


class Bounded(NamedTuple, Generic[N]):
    """An amount inside its bounds, the workings with them, and which formula counts and why."""

    amount: N
    workings: Workings[N]
    because: str = ""


def given(reckoning: Reckoning[N], terms: EarningTerms, event: Event, tier: str) -> Given[N] | str:
    """What the formulas that bound a line give for its event, or why nothing is earned. Raises MissingRate."""
    found: dict[str, tuple[N, str]] = {}
    for name, formula in terms.formulas.items():
        base = base_of(reckoning, formula, event)
        if base is None or isinstance(base, str):
            return base or "there is nothing that its bound is worked out on"
        base = reckoning.arithmetic.of(event.fact, base)
        rate = rated(reckoning, formula, event, tier, base, {})
        if not isinstance(rate, str):
            share = None if is_flat(rate) else share_of(reckoning, formula, event)
            found[name] = _worth(reckoning, formula, base, rate, share), _words(reckoning, formula, base, rate, share)
    return found


def _worth(reckoning: Reckoning[N], formula: EarningTerms, base: N, rate: Rated[N], share: N | None) -> N:
    whole = (base, rate.rate) if rate.gross is None else (rate.gross,)
    chain = [part for part in (*whole, share) if part is not None]
    return chain[0] if len(chain) == 1 else reckoning.arithmetic.product(chain, reckoning.currency, formula.rule.says)


def _words(reckoning: Reckoning[Any], formula: EarningTerms, base: Any, rate: Rated[Any], share: Any) -> str:
    """How a bound is worked out: 40 seats × 20. Empty where it differs from future to future."""
    plain = [number(n) for n in (base, rate.rate, rate.gross, share) if n is not None]
    if not all(isinstance(n, Decimal) for n in plain):
        return ""
    unit, currency = formula.base_unit, reckoning.currency
    parts = [base_words(number(base), unit or currency, currency)]
    if rate.gross is not None:
        parts = [amount_words(number(rate.gross), currency)]
    elif rate.rate is not None:
        parts.append(exact_words(number(rate.rate)) if unit else percent_words(number(rate.rate)))
    return " × ".join([*parts, *([factor_words(number(share))] if share is not None else [])])


def bounded(
    reckoning: Reckoning[N], terms: EarningTerms, base: N, amount: N, workings: Workings[N], given: Given[N]
) -> Bounded[N]:
    """The amount less what earlier lines paid, at least and at most what the rule allows; mirrored below zero.

    What is taken off at a rate below zero is bounded by its size, as what is earned is.
    """
    ar, currency, says = reckoning.arithmetic, reckoning.currency, terms.rule.says
    if workings.paid is not None:
        amount = ar.difference(amount, workings.paid, currency, f"{says}, less what earlier lines paid")
    is_below = (base if workings.paid is None else amount) < ZERO
    if reckoning.semantics >= BOUNDS_FEES and not is_zero(amount):
        is_below = amount < ZERO
    raise_, lower = (ar.least, ar.greatest) if is_below else (ar.greatest, ar.least)
    sizes, said = dict[str, Decimal](), list[str]()
    for name, bound, keep in (("least", terms.rule.least, raise_), ("most", terms.rule.most, lower)):
        if isinstance(bound, Decimal):
            limit = ar.rule(-bound if is_below else bound, currency, _AT[name], terms.origin)
            amount, sizes[name] = keep([amount, limit], currency, f"{says}, {_AT[name]} {bound:,f}"), bound
        elif name in given:
            worth, how = given[name]
            limit = _turned(reckoning, terms, worth, is_below)
            sizes[name] = ar.value(ar.negative(limit, "its size") if is_below else limit)
            said.append(_compared(number(amount), sizes[name], name, how, currency))
            amount = ar.because(keep([amount, limit], currency, f"{says}, {_AT[name]} {how}"), said[-1])
    workings = workings._replace(least=sizes.get("least"), most=sizes.get("most"))
    return Bounded(amount, workings, "; ".join(filter(None, said)))


_AT = {"least": "at least", "most": "at most"}


def _turned(reckoning: Reckoning[N], terms: EarningTerms, worth: N, is_below: bool) -> N:
    """A bound on the side of its line: what takes back is bounded by its size, what pays by zero at least."""
    ar = reckoning.arithmetic
    if is_below:
        return worth if worth < ZERO else ar.negative(worth, "taken back")
    nothing = ar.rule(ZERO, reckoning.currency, "nothing", terms.origin)
    return ar.greatest([worth, nothing], reckoning.currency, "a bound is zero or more") if worth < ZERO else worth


def _compared(amount: Any, size: Any, name: str, how: str, currency: str) -> str:
    """Which of two formulas counts: 40 seats × 20 is more than 600.00 EUR. Empty where futures differ."""
    if not how or not (isinstance(amount, Decimal) and isinstance(size, Decimal)):
        return ""
    own, more = abs(amount), "more" if name == "least" else "less"
    wins = size > own if name == "least" else size < own
    return f"{how} is {more if wins else f'no {more}'} than {amount_words(own, currency)}"
