"""Streams and ages: since when a customer, a contract, a deal or a product earns."""

from datetime import date
from typing import Any

from tests.second.judge.book import Case, find, mine, rows
from tests.second.judge.days import ONE_DAY, whole_months
from tests.second.judge.filters import customer_of, first_business
from tests.second.judge.line import Event, Rule
from tests.second.judge.triggers import happenings


def named(fact: Any, kind: str, wanted: str) -> str | None:
    """The deal or contract that a fact is, or that it names."""
    return fact.id if kind == wanted else getattr(fact, wanted, None)


def stream_of(case: Case, stream: str, kind: str, fact: Any) -> Any:
    """What names the stream of a fact: the fact itself where it has no such customer, contract or deal."""
    customer, itself = customer_of(case, fact), (kind, fact.id)
    if stream == "customer":
        return customer or itself
    if stream == "customer and product":
        product = getattr(fact, "product", None)
        return (customer, product) if customer and product else itself
    contract, deal = named(fact, kind, "contract"), named(fact, kind, "deal")
    if stream == "contract":
        return contract or (("deal", deal) if deal else itself)
    return deal or getattr(find(case, "contract", contract), "deal", None) or itself


def began(rule: Rule, event: Event) -> date:
    """The day on which an event's stream began: its first event of the rule, won deal or contract."""
    case, own = event.case, stream_of(event.case, rule.earning.stream, event.kind, event.fact)
    days = [event.day]
    for kind, row, day in [*_businesses(case), *happenings(case, rule.earning)]:
        if day is not None and stream_of(case, rule.earning.stream, kind, row) == own:
            days.append(day)
    return min(days)


def termed(rule: Rule, event: Event, as_of: str) -> date:
    """The day whose terms an event has: its stream's start or latest renewal by its day, its deal's registration."""
    if as_of == "registration":
        deal = find(event.case, "deal", stream_of(event.case, "deal", event.kind, event.fact))
        return min(event.day, (deal and deal.registered) or event.day)
    start = began(rule, event)
    if as_of != "stream renewal":
        return start
    case, stream = event.case, rule.earning.stream
    own, contracts = stream_of(case, stream, event.kind, event.fact), list(mine(case, "contract"))
    days = [start]
    for row in contracts:
        if stream_of(case, stream, "contract", row) == own:
            days += _renewed_on(row, contracts)
    return max(day for day in days if start <= day <= event.day)


def _renewed_on(row: Any, contracts: list[Any]) -> list[date]:
    """The days on which a contract renews another, or goes on for a term itself."""
    days = [row.start] if row.renewal_of and row.start else []
    is_followed = any(other.renewal_of == row.id for other in contracts)
    if row.outcome in ("renewed", "expanded", "contracted") and row.end and not is_followed:
        days.append(row.end + ONE_DAY)
    return days


def _businesses(case: Case) -> list[tuple[str, Any, date | None]]:
    contracts = [("contract", row, row.start) for row in mine(case, "contract")]
    return contracts + [("deal", row, row.closed) for row in mine(case, "deal") if row.status == "won"]


def age(rule: Rule, event: Event) -> int:
    """The age in whole months that a rate asks for; 0 for what is new, and where nothing has an age."""
    first = _since(rule, event) if event.fact is not None else None
    return whole_months(first, event.day) if first and first <= event.day else 0


def _since(rule: Rule, event: Event) -> date | None:
    case, fact, rate = event.case, event.fact, rule.earning.rate
    assert rate
    customer = customer_of(case, fact)
    if rate.age_of == "customer":
        return first_business(case, customer)
    if rate.age_of == "product":
        product = getattr(fact, "product", None)
        return first_business(case, customer, product, of_product=True)
    if rate.age_of == "stream":
        return began(rule, event)
    row = find(case, rate.age_of, named(fact, event.kind, rate.age_of))
    if rate.age_of == "contract":
        return getattr(row, "start", None)
    return None if row is None else row.closed or row.registered or row.created


def is_active(case: Case, customer: str | None, day: date) -> bool:
    """Whether a customer has a contract with the partner in force on a day: begun, not ended, not given up before."""
    return any(
        row.partner == case.partner.id
        and row.customer == customer
        and row.start is not None
        and row.start <= day
        and (row.end is None or row.end >= day)
        and not (row.outcome == "churned" and row.outcome_on is not None and row.outcome_on < day)
        for row in rows(case, "contract")
        if customer
    )
