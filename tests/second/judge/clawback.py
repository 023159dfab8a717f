"""What is taken back of a line: a share of what was paid, by a cause and by the shape of the rule."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from partnerdesk.engine.rules import Clawback, Earning
from tests.second.judge.account import Account
from tests.second.judge.book import Case
from tests.second.judge.contracts import contracts_of
from tests.second.judge.days import plus_months, whole_months
from tests.second.judge.filters import passes
from tests.second.judge.line import Line
from tests.second.judge.money import rounded
from tests.second.judge.receipts import WORTH, business_of, given_back, transactions_of
from tests.second.judge.triggers import happens, trigger_of


class Cause(NamedTuple):
    """What happened on a day, to which part of the business, and the contract that it happened to."""

    day: date
    id: str
    part: Fraction | None = None
    contract: Any = None


class Taking(NamedTuple):
    day: date
    id: str
    amount: Fraction
    only_held: bool = False


def takings(account: Account, line: Line) -> list[Taking]:
    """What is taken back of a line up to the as-of day, both ends of the window included, in order of day."""
    found, earning = [], line.version.earning[line.earning]
    for number, clawback in enumerate(earning.clawback):
        for cause in _causes(account, earning, clawback, line):
            if line.event <= cause.day <= min(_last_day(clawback, line.event), account.as_of):
                amount = line.amount * _share(account.case, clawback, line, cause) * Fraction(clawback.share)
                rounding = line.version.rounding
                amount = rounded(amount, rounding.decimals, rounding.mode)
                found.append(Taking(cause.day, f"{number}{cause.id}", amount, clawback.takes == "held"))
    return sorted(taking for taking in found if taking.amount > 0)


def _last_day(clawback: Clawback, event: date) -> date:
    ends = [date.max]
    ends += [event + timedelta(days=clawback.within_days)] if clawback.within_days is not None else []
    ends += [plus_months(event, clawback.within_months)] if clawback.within_months is not None else []
    return min(ends)


def _causes(account: Account, earning: Earning, clawback: Clawback, line: Line) -> list[Cause]:
    case = account.case
    if clawback.cause == "clawed back":
        return _taken_below(account, line)
    if clawback.cause == "churned":
        return _churned(case, line, clawback)
    if clawback.cause == "contracted":
        return [cause for cause in _contracted(case, line) if _counts(case, clawback, cause.contract)]
    kinds = ("write-off",) if clawback.cause == "unpaid" else ("refund", "credit-note")
    return _given_back(case, earning, line, kinds, clawback)


def _counts(case: Case, clawback: Clawback, row: Any) -> bool:
    """Whether a contract, or a transaction that gave back, is one of those that the clawback names."""
    kind = "contract" if clawback.cause in ("churned", "contracted") else "transaction"
    return passes(case, kind, row, clawback.where)


def _taken_below(account: Account, line: Line) -> list[Cause]:
    """What was clawed back of the line of which this one is a share: as a share of it, never more than all."""
    base = line.paid_on
    if base is None:
        return []
    whose = next((below for below in account.below if below.case.partner.id == line.owner), account)
    found, left = [], base.amount
    for taking in takings(whose, base) if base.earning else ():
        part = min(taking.amount, left)
        left -= part
        found.append(Cause(taking.day, taking.id, part / base.amount))
    return found


def _churned(case: Case, line: Line, clawback: Clawback) -> list[Cause]:
    """The first contract that ended for good, of those that count."""
    gone = [row for row in contracts_of(case, line) if row.outcome == "churned" and (row.outcome_on or row.end)]
    gone = [row for row in gone if _counts(case, clawback, row)]
    return sorted(Cause(row.outcome_on or row.end, row.id, None, row) for row in gone)[:1] if gone else []


def _contracted(case: Case, line: Line) -> list[Cause]:
    """Contracts that were renewed for less: what they lost of all that the line's contracts were worth."""
    contracts = [row for row in contracts_of(case, line) if row.recurring is not None and row.recurring > 0]
    found = []
    for row in contracts:
        day, after = row.outcome_on or row.end, row.outcome_amount
        is_renewed = row.outcome in ("renewed", "expanded", "contracted")
        if is_renewed and day is not None and after is not None and after < row.recurring:
            whole = sum(Fraction(other.recurring) for other in contracts if other.currency == row.currency)
            found.append(Cause(day, row.id, Fraction(row.recurring - after) / whole, row))
    return found


def _given_back(case: Case, earning: Earning, line: Line, kinds: tuple[str, ...], clawback: Clawback) -> list[Cause]:
    """What was given back of the line's payment or invoice, else of its deal or contract.

    What is an event of the same rule has a line of its own below zero; it is not taken back twice.
    """
    kind, fact = business_of(case, line)
    if kind == "transaction":
        found = [(row, amount) for row, amount in given_back(case, fact.id) if row.kind in kinds]
    elif fact is not None:
        own = [row for row in transactions_of(case, line) if row.kind in kinds and row.kind != "credit-note"]
        found = [(row, abs(Fraction(row.amount))) for row in own if row.amount]
    else:
        return []
    worth = Fraction(getattr(fact, WORTH[kind]) or 0)
    causes = []
    for row, amount in found:
        if not _is_event(case, earning, row) and _counts(case, clawback, row):
            is_part = worth > 0 and row.currency == fact.currency
            causes.append(Cause(row.day, row.id, min(amount, worth) / worth if is_part else None))
    return causes


def _is_event(case: Case, earning: Earning, row: Any) -> bool:
    is_kind = trigger_of(earning)[0] == "transaction"
    return is_kind and happens(earning, row) and passes(case, "transaction", row, earning.where)


def _share(case: Case, clawback: Clawback, line: Line, cause: Cause) -> Fraction:
    """The part that is gone, and how much of it is taken back on that day."""
    part = Fraction(1) if cause.part is None else cause.part
    days = (cause.day - line.event).days
    if clawback.shape == "full" or (clawback.full_days and days <= clawback.full_days):
        return part
    if clawback.shape == "linear":
        return part * _linear(clawback, line, cause.day)
    if clawback.shape == "steps":
        begun = [step for step in clawback.steps if step.from_days <= days]
        return part * (Fraction(begun[-1].share) if begun else 0)
    contract = cause.contract or next(iter(contracts_of(case, line)), None)
    return part * _of_term(contract, cause.day, in_months=clawback.shape == "contract months")


def _linear(clawback: Clawback, line: Line, day: date) -> Fraction:
    """What is left of the window: in days where it is given in days, else in whole months."""
    start = line.event + timedelta(days=clawback.full_days)
    if clawback.within_days is not None:
        length, kept = clawback.within_days - clawback.full_days, (day - start).days
    elif clawback.within_months:
        kept = whole_months(start, day) if day >= start else 0
        last = _last_day(clawback, line.event)
        length = clawback.within_months if not clawback.full_days else _months(start, last)
    else:
        return Fraction(1)
    return Fraction(length - kept, length) if length > 0 else Fraction(1)


def _months(first: date, last: date) -> int:
    """The months that begin before the last day, the first of them on the first day."""
    return sum(plus_months(first, n) < last for n in range(1200))


def _of_term(contract: Any, day: date, in_months: bool) -> Fraction:
    """The days or months that are left of a contract's term; all of it where there is no term."""
    if contract is None or contract.start is None or contract.end is None or contract.end < contract.start:
        return Fraction(1)
    if in_months:
        ends = [plus_months(contract.start, n) - timedelta(days=1) for n in range(1, 1200)]
        months = [end for end in ends if end <= contract.end]
        return Fraction(sum(end > day for end in months), len(months)) if months else Fraction(1)
    term = (contract.end - contract.start).days + 1
    return Fraction(min(term, max(0, (contract.end - day).days)), term)
