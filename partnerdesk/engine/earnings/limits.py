"""Limits over many lines: caps that never raise and safety nets that never lower."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from partnerdesk.engine.dated import amount_on
from partnerdesk.engine.figure import N
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.needs import met
from partnerdesk.engine.outcome import TOPUP, EarningLine
from partnerdesk.engine.period import Period
from partnerdesk.engine.reasons import amount_words
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.terms import LimitTerms
from partnerdesk.engine.tiers import tier_on

# A line's turn under a cap: its day, what is cut first on that day, its place among the lines, and its cap.
Turn: TypeAlias = "tuple[date, int, int, LimitTerms]"


def capped(reckoning: Reckoning[N], lines: list[EarningLine[N]]) -> list[EarningLine[N]]:
    """The lines with every cap applied, in the order of the program's caps.

    Within a cap's period lines are taken by day; on one day those that are cut first come last. Each line is cut by
    the cap of its own version, and what earlier versions paid in the period counts.
    """
    result, value = list(lines), reckoning.arithmetic.value
    most = sum([value(line.amount) for line in lines if line.amount > ZERO])
    for every, caps in reckoning.terms.caps:
        if most <= min([least_of(cap) for cap in caps.values()]):
            continue
        for places in reckoning.scoped(lines, every).values():
            _apply(reckoning, caps, places, result)
    return result


def least_of(cap: LimitTerms) -> Decimal:
    """The least that a cap ever allows: below it nobody needs to look."""
    return min([entry.amount for entry in cap.rule.at_most if entry.amount is not None], default=ZERO)


def _apply(
    reckoning: Reckoning[N], caps: Mapping[str, LimitTerms], places: list[int], lines: list[EarningLine[N]]
) -> None:
    """Cuts the lines of one period where their sum may exceed their cap."""
    value = reckoning.arithmetic.value
    own = [(i, cap) for i in places if (cap := caps.get(lines[i].rule.version)) and lines[i].rule.key in cap.covered]
    most = sum([value(amount) for i, _ in own if (amount := lines[i].amount) > ZERO])
    if own and most > min([least_of(cap) for _, cap in own]):
        turns = [(lines[i].event, _cut_order(cap, lines[i].rule.key), i, cap) for i, cap in own]
        _cut_group(reckoning, sorted(turns, key=_turn), lines)


def _turn(placed: Turn) -> tuple[date, int, int]:
    return placed[:3]


def _cut_order(cap: LimitTerms, key: str) -> int:
    cut = [f"earning.{name}" for name in cap.rule.cut]
    return len(cut) - cut.index(key) if key in cut else 0


def _cut_group(reckoning: Reckoning[N], turns: list[Turn], lines: list[EarningLine[N]]) -> None:
    """Cuts the lines of one period in their turn, so that their sum is the least of what they were and the cap."""
    ar = reckoning.arithmetic
    whole: list[N] = []
    kept: list[N] = []
    for _, _, i, cap in turns:
        line = lines[i]
        amount = _cut(reckoning, cap, line, whole, kept)
        whole.append(line.amount)
        kept.append(amount)
        if ar.value(amount) != ar.value(line.amount):
            effect = ar.difference(amount, line.computed, line.currency, cap.rule.says)
            lines[i] = line._replace(amount=amount, effect=effect, effect_note=_cap_words(reckoning, cap, line.event))


def _cut(reckoning: Reckoning[N], cap: LimitTerms, line: EarningLine[N], whole: list[N], kept: list[N]) -> N:
    """What a line keeps: at most what is left under the cap; a negative one first gives back what others lost."""
    ar, currency, says = reckoning.arithmetic, line.currency, cap.rule.says
    zero = ar.rule(ZERO, currency, "nothing", cap.origin)
    before = ar.sum(kept, currency, "earned before in the period")
    at_most = amount_on(cap.rule.at_most, line.event)
    if at_most is None:
        return line.amount
    if line.amount >= ZERO:
        limit = ar.rule(at_most, currency, says, cap.origin)
        left = ar.greatest([ar.difference(limit, before, currency, "left under the cap"), zero], currency, says)
        return ar.because(ar.least([line.amount, left], currency, line.says), f"{says} reached")
    lost = ar.difference(ar.sum(whole, currency, "earned before, uncut"), before, currency, "cut before")
    rest = ar.sum([line.amount, lost], currency, line.says)
    return ar.because(ar.least([rest, zero], currency, line.says), f"{says} had cut the period already")


def _cap_words(reckoning: Reckoning[N], cap: LimitTerms, day: date) -> str:
    at_most = amount_on(cap.rule.at_most, day) or ZERO
    return f"{cap.rule.says} of {amount_words(at_most, reckoning.currency)} reached"


def topped_up(reckoning: Reckoning[N], lines: list[EarningLine[N]]) -> list[EarningLine[N]]:
    """The lines of the safety nets: what a finished period's earnings lack to the promised sum."""
    found = []
    value = reckoning.arithmetic.value
    for version in reckoning.terms.versions:
        start = max(reckoning.first, version.start)
        for net in version.safety_nets:
            rule, scopes = net.rule, reckoning.scoped(lines, net.rule.every)
            for period in reckoning.calendar.between(start, version.last, rule.every):
                places = scopes.get(period.label, ())
                parts = [line.amount for i in places if (line := lines[i]).rule.key in net.covered]
                least = amount_on(rule.at_least, period.end)
                if least is None or period.end > version.last or (parts and sum(map(value, parts)) >= least):
                    continue
                if rule.when is None or met(reckoning, version, rule.when, period):
                    found.append(_top_up(reckoning, net, period, parts, least))
    return found


def _top_up(
    reckoning: Reckoning[N], net: LimitTerms, period: Period, parts: Sequence[N], least: Decimal
) -> EarningLine[N]:
    ar, currency, rule = reckoning.arithmetic, reckoning.currency, net.rule
    promised = ar.rule(least, currency, rule.says, net.origin)
    amount = ar.difference(promised, ar.sum(parts, currency, "earned in the period"), currency, rule.says)
    return EarningLine(
        id=f"{net.key}:{period.label}",
        rule=net.ref,
        type=TOPUP,
        says=rule.says,
        partner=reckoning.partner,
        event=period.end,
        process=period.end,
        period=reckoning.calendar.at(period.end, reckoning.terms.statements),
        base=promised,
        rate=None,
        factor=None,
        share=None,
        computed=amount,
        effect=reckoning.nothing,
        amount=amount,
        currency=currency,
        base_currency=currency,
        exchange=None,
        because=f"earnings of the period are topped up to {amount_words(least, currency)}",
        tier=tier_on(reckoning, period.end),
    )
