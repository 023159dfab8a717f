"""Attributes of facts, and whether a fact passes a filter."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from partnerdesk.engine.rules import Test, Where
from tests.second.judge.book import Case, credits_of, declared, exact, find, is_mine, refers_to, rows, usual_day
from tests.second.judge.days import whole_months


def look(case: Case, kind: str, row: Any, path: str) -> Any:
    """The value of an attribute: a field, a worked-out one, or one of what the fact refers to; None if not known."""
    first, _, rest = path.partition(".")
    if first == "attributes":
        return exact(row.attributes.get(rest, ""))
    if first == "days" and rest:
        start, _, end = rest.partition(".")
        a, b = getattr(row, start), getattr(row, end)
        return None if a is None or b is None else Fraction((b - a).days)
    if rest:
        to = refers_to(kind, first)
        other = find(case, to, getattr(row, first))
        return None if other is None else look(case, to, other, rest)
    if kind == "deal" and path == "role":
        credit = next((c for c in credits_of(case, row) if c.partner == case.partner.id), None)
        return exact(credit.role if credit and row.partner != case.partner.id else row.role)
    if (kind, path) == ("survey", "share"):
        return _answer_share(row)
    if path in WORKED_OUT:
        return WORKED_OUT[path](case, kind, row)
    if hasattr(row, path):
        return exact(getattr(row, path))
    return exact(row.attributes.get(path, ""))


def passes(case: Case, kind: str, row: Any, where: Where) -> bool:
    return all(_holds(test, look(case, kind, row, test.attribute)) for test in where)


def _holds(test: Test, value: Any) -> bool:
    if test.is_set is not None:
        return (value is not None) == test.is_set
    if value is None:
        return test.or_unknown
    if test.one_of is not None:
        is_one = any(value == _like(exact(wanted), value) for wanted in test.one_of)
        return is_one != test.negated
    return within(value, test) or (test.or_unknown and _is_none_of_its_kind(value, test))


def _is_none_of_its_kind(value: Any, test: Test) -> bool:
    """Whether a text is no number or day, where the test's bounds are such."""
    bounds = [b for b in (test.at_least, test.above, test.at_most, test.below) if b is not None]
    return isinstance(value, str) and any(read_as(value, exact(b)) is None for b in bounds if not isinstance(b, str))


def _like(wanted: Any, value: Any) -> Any:
    """Free attributes are texts: compared with a number or a day they are read as one."""
    if isinstance(value, str) and not isinstance(wanted, str):
        return read_as(value, wanted) == wanted and value
    return wanted


def read_as(text: str, like: Any) -> Any:
    try:
        return date.fromisoformat(text) if isinstance(like, date) else Fraction(text)
    except ValueError:
        return None


def the_best(values: dict[Any, Fraction], keep: Any) -> dict[Any, Fraction]:
    """Of named values those inside bounds; of these the greatest ones where only so many count, the first of equals."""
    inside = {name: value for name, value in values.items() if keep is None or within(value, keep)}
    if keep is None or keep.best is None:
        return inside
    chosen = sorted(inside, key=lambda name: -inside[name])[: keep.best]
    return {name: value for name, value in inside.items() if name in chosen}


def within(value: Any, bounds: Any) -> bool:
    """Whether a value lies within at_least, above, at_most and below."""
    checks: list[tuple[Any, Callable[[Any, Any], bool]]] = [
        (bounds.at_least, lambda v, b: v >= b),
        (bounds.above, lambda v, b: v > b),
        (bounds.at_most, lambda v, b: v <= b),
        (bounds.below, lambda v, b: v < b),
    ]
    for bound, holds in checks:
        if bound is None:
            continue
        measured = read_as(value, exact(bound)) if isinstance(value, str) and not isinstance(bound, str) else value
        if measured is None or not holds(measured, exact(bound)):
            return False
    return True


def _margin(case: Case, kind: str, row: Any) -> Any:
    return None if row.amount is None or row.cost is None else Fraction(row.amount) - Fraction(row.cost)


def _margin_share(case: Case, kind: str, row: Any) -> Any:
    margin = _margin(case, kind, row)
    return None if margin is None or not row.amount else margin / Fraction(row.amount)


def _discount(case: Case, kind: str, row: Any) -> Any:
    if row.amount is None or not row.list_amount:
        return None
    return 1 - Fraction(row.amount) / Fraction(row.list_amount)


def _days_since_joined(case: Case, kind: str, row: Any) -> Any:
    day, joined = usual_day(kind, row), case.partner.joined
    return None if day is None or joined is None else Fraction((day - joined).days)


def _days_since_left(case: Case, kind: str, row: Any) -> Any:
    day, left = usual_day(kind, row), case.partner.left
    return None if day is None or left is None else Fraction((day - left).days)


def first_business(
    case: Case, customer: str | None, product: str | None = None, of_product: bool = False
) -> date | None:
    """The day of the customer's first contract or won deal with the partner, of one product where that is asked."""
    days: list[date] = []
    for kind, name in (("contract", "start"), ("deal", "closed")):
        for row in rows(case, kind):
            is_won = kind == "contract" or row.status == "won"
            fits = row.customer == customer and (not of_product or (product and row.product == product))
            if customer and is_won and fits and is_mine(case, kind, row) and getattr(row, name):
                days.append(getattr(row, name))
    return min(days, default=None)


def customer_of(case: Case, row: Any) -> str | None:
    """The customer of a fact, else of the contract or the deal that it names."""
    contract = find(case, "contract", getattr(row, "contract", None))
    deal = find(case, "deal", getattr(row, "deal", None))
    return next((c for named in (row, contract, deal) if (c := getattr(named, "customer", None))), None)


def _customer_months(case: Case, kind: str, row: Any) -> Any:
    first, day = first_business(case, customer_of(case, row)), usual_day(kind, row)
    return None if first is None or day is None else Fraction(whole_months(first, day) if day >= first else 0)


def _new_customer(case: Case, kind: str, row: Any) -> Any:
    customer = customer_of(case, row)
    day, first = usual_day(kind, row), first_business(case, customer)
    if day is None or not customer:
        return None
    return first is None or first >= day


def _ended(case: Case, kind: str, row: Any) -> Any:
    return row.end or (row.outcome_on if row.outcome == "churned" else None)


def _term_months(case: Case, kind: str, row: Any) -> Any:
    if row.start is None or row.end is None or row.end < row.start:
        return None
    return Fraction(whole_months(row.start, row.end + timedelta(days=1)))


def _notice_given(case: Case, kind: str, row: Any) -> Any:
    if row.end is None:
        return None
    if row.outcome_on is None:
        return Fraction(0) if row.end <= case.as_of else None
    return Fraction((row.end - row.outcome_on).days)


def _notice_kept(case: Case, kind: str, row: Any) -> Any:
    given = _notice_given(case, kind, row)
    return None if given is None or row.notice_days is None else Fraction(int(given >= row.notice_days))


def _between(start: str, end: str) -> Callable[[Case, str, Any], Any]:
    def days(case: Case, kind: str, row: Any) -> Any:
        a, b = getattr(row, start), getattr(row, end)
        return None if a is None or b is None else Fraction((b - a).days)

    return days


def _on_time(case: Case, kind: str, row: Any) -> Any:
    late = WORKED_OUT["days_late"](case, kind, row)
    return None if late is None else Fraction(int(late <= 0))


def _checks(group: str) -> Callable[[Case, str, Any], Any]:
    def share(case: Case, kind: str, row: Any) -> Any:
        found = [
            check
            for check in rows(case, "check")
            if (check.deployment, check.group) == (row.id, group)
            and check.met is not None
            and (check.day is None or check.day <= case.as_of)
        ]
        return Fraction(sum(c.met for c in found), len(found)) if found else None

    return share


def _answer_share(row: Any) -> Any:
    if None in (row.score, row.scale_min, row.scale_max) or row.scale_max <= row.scale_min:
        return None
    return (Fraction(row.score) - Fraction(row.scale_min)) / (Fraction(row.scale_max) - Fraction(row.scale_min))


def _nps_class(case: Case, kind: str, row: Any) -> Any:
    if row.score is None:
        return None
    return "promoter" if row.score >= 9 else "passive" if row.score >= 7 else "detractor"


def _nps(case: Case, kind: str, row: Any) -> Any:
    points = {"promoter": 1, "passive": 0, "detractor": -1}
    found = _nps_class(case, kind, row)
    return None if found is None else Fraction(points[found])


WORKED_OUT: dict[str, Callable[[Case, str, Any], Any]] = {
    "margin": _margin,
    "margin_share": _margin_share,
    "discount": _discount,
    "days_since_joined": _days_since_joined,
    "days_since_left": _days_since_left,
    "customer_months": _customer_months,
    "new_customer": _new_customer,
    "ended": _ended,
    "term_months": _term_months,
    "notice_given": _notice_given,
    "notice_kept": _notice_kept,
    "days_late": _between("planned_live", "live"),
    "on_time": _on_time,
    "days_to_value": _between("kickoff", "first_value"),
    "standards": _checks("standards"),
    "adoption": _checks("adoption"),
    "nps_class": _nps_class,
    "nps": _nps,
}
MONEY_WORKED_OUT = ("margin",)


def is_money(kind: str, path: str) -> bool:
    """Whether an attribute is an amount in the currency of its fact."""
    return declared(kind, path) == "money" or path in MONEY_WORKED_OUT


def referred_currency(case: Case, kind: str, row: Any, path: str) -> str:
    """The currency of an amount of what a fact refers to: that one's own; empty for any other number."""
    first, _, rest = path.partition(".")
    if (
        not rest
        or first in ("attributes", "days")
        or (other := find(case, refers_to(kind, first), getattr(row, first))) is None
    ):
        return ""
    to = refers_to(kind, first)
    if "." in rest:
        return referred_currency(case, to, other, rest)
    return str(other.currency) if is_money(to, rest) else ""
