"""Amounts that hold from a day until the next one, and the limits that they set."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from partnerdesk.engine.figures.figure import N, Origin
from partnerdesk.engine.figures.reasons import factor_words
from partnerdesk.engine.metrics.metrics import measured
from partnerdesk.engine.money import ONE
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import DatedAmount
from partnerdesk.engine.terms.versions import Version
from partnerdesk.engine.world.where import money_attribute, number
from partnerdesk.engine.world.where_words import spoken
from partnerdesk.engine.world.world import MissingRate


def in_force(amounts: Sequence[DatedAmount], day: date) -> DatedAmount | None:
    """The entry that holds on a day; None before the first, and after one that says "none"."""
    found = None
    for entry in amounts:
        if entry.since is None or entry.since <= day:
            found = entry
    return None if found is None or not _is_limit(found) else found


def _is_limit(entry: DatedAmount) -> bool:
    return entry.amount is not None or bool(entry.metric or entry.attribute)


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


def owners_number(
    reckoning: Reckoning[N], version: Version, entry: DatedAmount, owner: tuple[str, str], day: date, where: str
) -> N | None:
    """A number of the deal, contract, customer or product (its kind and id) that a limit is kept apart for, times that
    of the rule (its key is `where`), rounded like a line; None where it is not known, or not in the program's currency.
    """
    kind, id = owner
    row = reckoning.world.row(kind, id)
    value = None if row is None else number(kind, entry.attribute)(row, reckoning.world)
    if value is None:
        return None
    ar, currency, rounding = reckoning.arithmetic, reckoning.currency, version.program.rounding
    label = f"{spoken(entry.attribute)} of {kind} {id}"
    if money_attribute(kind, entry.attribute):
        try:
            found = reckoning.money(version.program.exchange, row, value, entry.attribute, label, day)
        except MissingRate:
            return None
    else:
        found = ar.leaf(row, entry.attribute, Decimal(value), currency, label)
    if entry.times != ONE:
        times = ar.rule(entry.times, "1", "times", version.origin(where))
        found = ar.product([found, times], currency, f"{label} × {factor_words(entry.times)}")
    return ar.round(found, rounding.decimals, rounding.mode)
