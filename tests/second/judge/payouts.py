"""What is due when: the payouts of what is settled together, one settlement period after the other."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from partnerdesk.engine.rules import Draw, Program, Settlement
from tests.second.judge.account import Account
from tests.second.judge.benefits import settled_by
from tests.second.judge.calendar import cut_day, paid_otherwise, pay_day, settled_spans
from tests.second.judge.days import Span, plus_months
from tests.second.judge.filters import passes
from tests.second.judge.ledger import PAYABLE, Entry
from tests.second.judge.money import rounded
from tests.second.judge.spared import Lines
from tests.second.judge.typed import opens

ZERO = Fraction(0)


@dataclass
class Payout:
    """What a settlement period comes to; `owed` is what is still to be recovered of advances."""

    span: Span
    type: str
    cut: date
    day: date
    moved: Fraction
    paid: Fraction = ZERO
    carried: Fraction = ZERO
    advanced: Fraction = ZERO
    recovered: Fraction = ZERO
    owed: Fraction = ZERO
    invoiced: Fraction = ZERO
    lost: Fraction = ZERO
    withheld: Fraction = ZERO


def payouts(
    account: Account, entries: list[Entry], before: date = date.max, as_made: bool = False
) -> tuple[list[Payout], list[Entry]]:
    """All payouts, of the partner or of each type of its earnings; what clawbacks give back of losses before a day.

    Where they are made as computed, what was really paid plays no part.
    """
    payable = [entry for entry in entries if entry.bucket == PAYABLE and entry.kind not in ("payment", "tax")]
    moved = [part for entry in payable for part in _parts(entry)]
    found, back = list[Payout](), list[Entry]()
    is_one = account.case.versions[-1].settlement.each == "partner"
    made = None if as_made or not is_one else [e for e in entries if e.kind in ("payment", "tax")]
    for name in [""] if is_one else sorted({entry.type for entry in moved}):
        lines = Lines(before=before)
        found += _settled(account, name, [entry for entry in moved if is_one or entry.type == name], lines, made)
        back += lines.back
    return found, back


def _parts(entry: Entry) -> list[Entry]:
    """An entry as payouts take it."""
    parts = [entry._replace(day=day, amount=amount, type=type_) for day, amount, type_ in entry.settled]
    return parts or [entry]


def _settled(
    account: Account, type_: str, entries: list[Entry], lines: Lines, made: list[Entry] | None
) -> list[Payout]:
    """One period after the other: a movement is settled with the first one whose cut it does not come after."""
    stood = ZERO
    found, carried, owed, waiting = [], ZERO, ZERO, sorted(entries, key=lambda entry: entry.day)
    layers: list[list[Any]] = []
    for span in settled_spans(account.case, _first(account, entries), account.case.versions[-1].settlement):
        version = account.version_at_end(span)
        rule = _rule(account, version, span)
        cut = cut_day(rule, span)
        moved = lines.move([entry for entry in waiting if entry.day <= cut])
        waiting = [entry for entry in waiting if entry.day > cut]
        payout = Payout(span, type_, cut, pay_day(rule, span), moved, owed=owed)
        unmade = ZERO if made is None else _unmade(found, sum((-e.amount for e in made if e.day <= span.end), ZERO))
        _settle(account, version, payout, carried)
        if made is not None and payout.lost < 0:
            still = min(ZERO, stood + max(payout.moved, ZERO)), min(ZERO, carried + payout.moved + unmade)
            waived = max(payout.lost, *still)
            payout.carried, payout.lost = payout.carried + payout.lost - waived, waived
        _lapse(rule, layers, payout)
        lines.lose(max(payout.lost, ZERO), span.end, span.end <= account.as_of)
        lines.settle(payout.carried)
        payout.withheld = _withheld(account, version, payout.paid)
        if moved or carried or owed or payout.paid:
            found.append(payout)
        carried, owed, stood = payout.carried, payout.owed, min(ZERO, payout.carried + unmade)
    return found


def _unmade(found: list[Payout], paid: Fraction) -> Fraction:
    """What earlier payouts still lack, the oldest paid first; what was advanced is no part of it."""
    lacking = ZERO
    for payout in found:
        part = min(payout.paid, max(paid, ZERO))
        paid -= part
        lacking += max(payout.paid - part - payout.advanced, ZERO)
    return lacking


def _first(account: Account, entries: list[Entry]) -> date:
    """The day from which on there is something to settle: a movement, or an advance from joining on."""
    if opens(account) > date.min:
        return opens(account) - timedelta(days=1)
    days, joined = [account.first, *(entry.day for entry in entries)], account.case.partner.joined
    if account.case.versions[-1].settlement.draw and joined:
        days.append(max(joined, account.case.versions[0].effective_from))
    return min(days)


def _rule(account: Account, version: Program, span: Span) -> Settlement:
    """The settlement, on the first other day of payment whose condition holds."""
    rule = settled_by(account, version, span)
    for other in rule.pays:
        if account.meets(version, other.when, account.case.span(span.end, other.every)):
            return paid_otherwise(rule, other)
    return rule


def _settle(account: Account, version: Program, payout: Payout, carried: Fraction) -> None:
    """What is paid of what is due, and what becomes of the rest."""
    rule, due, gate, owed = version.settlement, carried + payout.moved, version.eligibility.pay, payout.owed
    if gate and not account.meets(version, gate.when, account.case.span(payout.span.end, gate.every)):
        is_kept = gate.otherwise == "suspend" or due <= 0
        payout.carried, payout.lost = (due, ZERO) if is_kept else (ZERO, due)
        return
    advanced, recovered = _drawn(account, version, payout.span, due, owed)
    payable = max(due, ZERO) + advanced - recovered
    least = _least(account, version)
    if payable > 0 and (payable < least or (rule.minimum_is == "above" and payable == least)):
        _too_little(account, rule, payout, due)
        return
    payout.paid, payout.advanced, payout.recovered = payable, advanced, recovered
    is_recoverable = rule.draw is not None and _is_taken_back(account, rule.draw, payout.span)
    payout.owed = owed + (advanced if is_recoverable else ZERO) - recovered
    if due < 0 and rule.negative == "invoice":
        payout.invoiced = -due
    elif due < 0:
        payout.carried = due if rule.negative == "net" else max(due, min(payout.moved, ZERO))
        payout.lost = due - payout.carried


def _lapse(rule: Settlement, layers: list[list[Any]], payout: Payout) -> None:
    """Takes off what is carried what has waited too long; layers hold the end of a period and what it left."""
    if rule.lapses_after_months is None:
        return
    more = payout.carried - sum((layer[1] for layer in layers), ZERO)
    if payout.carried <= 0:
        layers.clear()
    elif more > 0:
        layers.append([payout.span.end, more])
    for layer in layers:
        taken = min(layer[1], max(-more, ZERO))
        layer[1], more = layer[1] - taken, more + taken
    old = [layer for layer in layers if plus_months(layer[0], rule.lapses_after_months) <= payout.span.end]
    lapsed = sum((layer[1] for layer in old), ZERO)
    layers[:] = [layer for layer in layers if layer not in old]
    payout.carried, payout.lost = payout.carried - lapsed, payout.lost + lapsed


def _too_little(account: Account, rule: Settlement, payout: Payout, due: Fraction) -> None:
    """Carried over, unless the partner has left and the rule says otherwise."""
    left = account.case.partner.left
    if left is None or left > payout.span.end or rule.on_leaving == "carry" or due <= 0:
        payout.carried = due
    elif rule.on_leaving == "forfeit":
        payout.lost = due
    else:
        payout.paid = due


def _drawn(account: Account, version: Program, span: Span, due: Fraction, owed: Fraction) -> tuple[Fraction, Fraction]:
    """What is advanced in a period, and what is recovered of earlier advances."""
    draw, earned = version.settlement.draw, max(due, ZERO)
    if draw is None:
        return ZERO, ZERO
    promised = _promised(account, draw, span) if _is_drawn_in(account, draw, span) else ZERO
    if earned < promised:
        return promised - earned, ZERO
    excess = earned - promised
    if draw.recover_share != 1:
        whole = earned if draw.recover_of == "earned" else excess
        most = rounded(whole * Fraction(draw.recover_share), version.rounding.decimals, version.rounding.mode)
        excess = min(excess, most) if draw.recover_of == "earned" else most
    return ZERO, min(owed, excess)


def _promised(account: Account, draw: Draw, span: Span) -> Fraction:
    """The first amount, or that of the last step whose months have passed when the period begins."""
    joined = account.case.partner.joined or account.first
    passed = [step.amount for step in draw.steps if plus_months(joined, step.from_months) <= span.start]
    return Fraction(passed[-1] if passed else draw.amount)


def _is_taken_back(account: Account, draw: Draw, span: Span) -> bool:
    joined, since = account.case.partner.joined or account.first, draw.recoverable_from_months
    return draw.recoverable and (since is None or plus_months(joined, since) <= span.start)


def _is_drawn_in(account: Account, draw: Draw, span: Span) -> bool:
    """From joining on, for so many months, until the partner leaves, while what is asked holds."""
    version = account.version_at_end(span)
    if not account.meets(version, draw.when, account.case.span(span.end, draw.every)):
        return False
    joined, left = account.case.partner.joined or account.first, account.case.partner.left
    if span.end < joined or (left is not None and left < span.start):
        return False
    return draw.months is None or span.start < plus_months(joined, draw.months)


def _least(account: Account, version: Program) -> Decimal:
    """The minimum of the partner: that of the first row that fits it, else the usual one."""
    case, rule = account.under(version), version.settlement
    fitting = (own.minimum for own in rule.minimums if passes(case, "partner", case.partner, own.partner))
    return next(fitting, rule.minimum)


def _withheld(account: Account, version: Program, paid: Fraction) -> Fraction:
    """The tax that is kept back: by the first rule that fits the partner."""
    case = account.under(version)
    for tax in version.settlement.tax:
        if passes(case, "partner", case.partner, tax.partner):
            return rounded(paid * Fraction(tax.rate), version.rounding.decimals, version.rounding.mode)
    return ZERO
