"""What a program puts into a fund: a share of a metric at the end of periods, an amount at their start."""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from partnerdesk.engine.rules import Fund, Program
from tests.second.judge.account import Account
from tests.second.judge.benefits import described
from tests.second.judge.days import Span, spans_back, spans_between, spans_on
from tests.second.judge.metrics import measure
from tests.second.judge.money import rounded


class Put(NamedTuple):
    id: str
    kind: str
    day: date
    amount: Fraction
    ends: date | None


def puts(account: Account, name: str) -> list[Put]:
    """All that is put into a fund up to the as-of day."""
    case, found = account.case, list[Put | None]()
    for unit in ("month", "quarter", "half", "year"):
        for span in spans_between(account.first, account.as_of, unit, case.year):
            begun = max(span.start, account.first)
            for day, make in ((begun, _grant), (span.end, _accrual)):
                version = account.version_on(day)
                rule = version.fund.get(name)
                if rule and rule.every == unit and day <= account.as_of and account.begins(version) <= day:
                    found.append(make(account, version, rule, name, span, begun))
    return [put for put in found if put is not None]


def _grant(account: Account, version: Program, rule: Fund, name: str, span: Span, begun: date) -> Put | None:
    """Its own period is one of those in which a grant may be used; its condition is asked of the one before."""
    amount = Fraction(rule.grant_by_tier.get(account.tier_on(begun), rule.grant) or 0)
    before = spans_back(span, 1, account.case.year)
    if amount <= 0 or not account.takes_part(span) or not account.meets(version, rule.when, before):
        return None
    return Put(f"grant:{name}:{begun}", "grant", begun, amount, _ends(account, rule, span, 1))


def _accrual(account: Account, version: Program, rule: Fund, name: str, span: Span, begun: date) -> Put | None:
    if not rule.accrues_on or not account.takes_part(span) or not account.meets(version, rule.when, span):
        return None
    rate = _rate(version, rule, name, account.tier_on(span.end))
    found = measure(account.under(version), rule.accrues_on, span)
    if found is None:
        return None
    part = _of_bands(account, version, rule, span, found) if rate is None else found * rate
    if part is None:
        return None
    amount = rounded(part, version.rounding.decimals, version.rounding.mode)
    if rule.at_most is not None:
        amount = min(amount, Fraction(rule.at_most))
    if amount <= 0 or amount < rule.minimum:
        return None
    return Put(f"accrual:{name}:{span.end}", "accrual", span.end, amount, _ends(account, rule, span, 0))


def _of_bands(account: Account, version: Program, rule: Fund, span: Span, found: Fraction) -> Fraction | None:
    """What each slice of a metric is worth, or the whole of it at the rate of the highest floor that is passed."""
    if rule.bands is None:
        return None
    floors = [(Fraction(step.floor), Fraction(step.rate)) for step in rule.bands.steps]
    if rule.bands.how == "marginal":
        ends = [floor for floor, _ in floors[1:]] + [max(found, floors[-1][0])]
        slices = zip(floors, ends, strict=True)
        return sum((max(min(found, end) - floor, Fraction(0)) * rate for (floor, rate), end in slices), Fraction(0))
    size = measure(account.under(version), rule.bands.by, span) if rule.bands.by else found
    if size is None:
        return None
    is_above = rule.bands.edge == "above"
    passed = [rate for floor, rate in floors if (floor < size if is_above else floor <= size)]
    return found * (passed[-1] if passed else 0)


def _rate(version: Program, rule: Fund, name: str, tier: str) -> Fraction | None:
    """The fund's own rate for the tier; else the highest of the tier's benefits; else the fund's."""
    if tier in rule.rate_by_tier:
        return Fraction(rule.rate_by_tier[tier])
    own = [b.fund_rate for b in described(version, tier).values() if b.fund == name and b.fund_rate is not None]
    rate = max(own) if own else rule.rate
    return None if rate is None else Fraction(rate)


def _ends(account: Account, rule: Fund, span: Span, own: int) -> date | None:
    """The last day of so many periods, of which the period itself may be one, and of the unit it is put in."""
    ends = []
    if rule.use_periods is not None:
        ends.append(spans_on(span, rule.use_periods - own, account.case.year).end)
    if rule.use_within:
        ends.append(account.case.span(span.start if own else span.end, rule.use_within).end)
    return min(ends) if ends else None
