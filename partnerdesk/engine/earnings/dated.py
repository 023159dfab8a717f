"""Amounts that hold from a day until the next one, and the limits that they set."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from partnerdesk.engine.figures.figure import N, Origin
from partnerdesk.engine.metrics.metrics import measured
from partnerdesk.engine.money import ONE
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import DatedAmount
from partnerdesk.engine.terms.versions import Version


def in_force(amounts: Sequence[DatedAmount], day: date) -> DatedAmount | None:
    """The entry that holds on a day; None before the first, and after one that says "none"."""
    found = None
    for entry in amounts:
        if entry.since is None or entry.since <= day:
            found = entry
    return None if found is None or (found.amount is None and not found.metric) else found


def amount_on(amounts: Sequence[DatedAmount], day: date) -> Decimal | None:
    """The plain amount that holds on a day, or None where nothing limits it."""
    found = in_force(amounts, day)
    return None if found is None else found.amount


def limit_on(
    reckoning: Reckoning[N],
    version: Version,
    amounts: Sequence[DatedAmount],
    at: tuple[date, Period],
    words: tuple[str, Origin],
    foreign: tuple[str, Decimal | None] = ("", None),
) -> N | None:
    """The limit of a day in the program's currency, or None where nothing limits: an amount, or a metric of a period.

    `foreign` is the currency of what is limited, with its exchange rate: an amount given in it is used. What is
    exchanged or measured is rounded like a line.
    """
    ar, currency, (says, origin), (day, period) = reckoning.arithmetic, reckoning.currency, words, at
    rounding = version.program.rounding
    entry = in_force(amounts, day)
    if entry is None:
        return None
    own, rate = foreign
    if own in entry.by_currency:
        limit = ar.rule(entry.by_currency[own], own, says, origin)
        if own == currency or rate is None:
            return limit
        limit = ar.product([limit, ar.given(rate, "1", f"{own} to {currency}", origin)], currency, says)
        return ar.round(limit, rounding.decimals, rounding.mode)
    if not entry.metric:
        return ar.rule(entry.amount, currency, says, origin) if entry.amount is not None else None
    found = measured(reckoning, version.metrics[entry.metric], period).value
    if found is None:
        return None
    if entry.times != ONE:
        found = ar.product([found, ar.rule(entry.times, "1", "times", origin)], currency, says)
    return ar.round(found, rounding.decimals, rounding.mode)
