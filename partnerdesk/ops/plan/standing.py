"""Where a plan's two sides stand on a day, from the partner's own rows and figures."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.engine.facts import Contract, Facts
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.period import add_months, period_at, previous_period
from partnerdesk.engine.rules import Program
from partnerdesk.engine.whole import Outcome
from partnerdesk.ops.pack.standing import revenue_metric
from partnerdesk.queries.enablement.gaps import NEXT_TIER, EnablementGap
from partnerdesk.queries.exchange import Exchange
from partnerdesk.queries.partners.portfolio import last_score, last_standing
from partnerdesk.reports.plan.data import Certified, Installed, Missing, Quarter, Standing, Won

_QUARTERS, _MOST_WON = 4, 5


@dataclass(frozen=True, slots=True)
class Known:
    """What a partner's book knows, exchanged into `currency`; program and figures are None where it has no program."""

    world: Facts
    partner: str
    currency: str
    as_of: date
    program: Program | None
    outcome: Outcome | None
    exchange: Exchange


def missing_of(gaps: Iterable[EnablementGap]) -> tuple[Missing, ...]:
    """What the next tier lacks in certificates."""
    lacking = (g for g in gaps if g.asks == NEXT_TIER and not g.met and not g.sessions)
    return tuple(Missing(g.name, g.requirement, g.missing, g.unit, g.how) for g in lacking)


def standing_of(known: Known, wins: str = "", friction: str = "", missing: tuple[Missing, ...] = ()) -> Standing:
    """Revenue of the last four finished quarters, tier and score, installed base, certificates, what was won."""
    running = [c for c in _own_contracts(known) if _in_force(c, known.as_of)]
    says, quarters = _revenue(known)
    found: dict[str, Any] = {}
    outcome = known.outcome
    if outcome is not None and (reached := last_standing(outcome, known.as_of)) is not None:
        score = last_score(outcome, known.as_of)
        found = {
            "tier": reached.tier,
            "next_tier": reached.next_tier or "",
            "points_short": reached.points_short,
            "score": score.total if score else None,
            "score_period": score.period.label if score and score.period.unit == "quarter" else "",
        }
    return Standing(
        revenue=quarters,
        revenue_says=says,
        customers=len({c.customer for c in running if c.customer}),
        installed=tuple(_installed(known, running)),
        certified=tuple(_certified(known)),
        missing=missing,
        won=tuple(_won(known)),
        wins=wins,
        friction=friction,
        **found,
    )


def _revenue(known: Known) -> tuple[str, tuple[Quarter, ...]]:
    """The program's own sum of a quarter's business, for the last quarters that are over."""
    name = revenue_metric(known.program) if known.program else ""
    if known.outcome is None or known.program is None or not name:
        return "", ()
    labels: list[str] = []
    year = known.program.fiscal_year
    period = period_at(known.as_of, "quarter", year)
    for _ in range(_QUARTERS):
        period = previous_period(period, year)
        labels.insert(0, period.label)
    metrics = known.outcome.metrics
    found = [Quarter(n, metrics[name, n].value if (name, n) in metrics else None, None) for n in labels]
    any_known = any(q.value is not None for q in found)
    return known.program.metric[name].says, tuple(found) if any_known else ()


def _own_contracts(known: Known) -> Iterator[Contract]:
    return (c for c in known.world.of("contract") if c.partner == known.partner)


def _in_force(contract: Contract, day: date) -> bool:
    begun = contract.start is None or contract.start <= day
    return begun and contract.outcome == "open" and (contract.end is None or contract.end >= day)


def _worth(known: Known, amount: Decimal | None, currency: str) -> Decimal | None:
    """An amount in the currency of the figures; None where nobody knows it."""
    return known.exchange.amount(amount, currency, known.as_of)


def _installed(known: Known, running: Iterable[Contract]) -> Iterator[Installed]:
    """Products in use, the most valuable first; a contract whose worth nobody knows is counted without it."""
    names = {p.id: p.name for p in known.world.of("product")}
    by_product: dict[str, list[Contract]] = defaultdict(list)
    for contract in running:
        by_product[names.get(contract.product or "", contract.product or "Not named")].append(contract)

    def value(contracts: list[Contract]) -> Decimal | None:
        worths = [w for c in contracts if (w := _worth(known, c.recurring, c.currency)) is not None]
        return sum(worths, ZERO) if worths else None

    for product, contracts in sorted(by_product.items(), key=lambda item: (-(value(item[1]) or ZERO), item[0])):
        ends = [c.end for c in contracts if c.end is not None]
        customers = len({c.customer or c.id for c in contracts})
        yield Installed(product, customers, value(contracts), min(ends, default=None))


def _certified(known: Known) -> Iterator[Certified]:
    """Certificates in force by kind: how many people, and which of them ends first."""
    held: dict[str, list[date | None]] = defaultdict(list)
    people: dict[str, set[str]] = defaultdict(set)
    for row in known.world.of("certification"):
        begun = row.awarded is None or row.awarded <= known.as_of
        if row.partner == known.partner and begun and (row.expires is None or row.expires >= known.as_of):
            name = " ".join(part for part in (row.certificate, row.level) if part) or "Certificate"
            held[name].append(row.expires)
            people[name].add(row.person)
    for name in sorted(held):
        ends = [day for day in held[name] if day is not None]
        yield Certified(name, len(people[name]), min(ends, default=None))


def _won(known: Known) -> list[Won]:
    """The largest deals of the last twelve months."""
    since = add_months(known.as_of, -12)
    customers = {c.id: c.name for c in known.world.of("customer")}
    products = {p.id: p.name for p in known.world.of("product")}
    found = [
        d
        for d in known.world.of("deal")
        if d.partner == known.partner and d.status == "won" and d.closed and since < d.closed <= known.as_of
    ]
    worths = [(d, worth) for d in found if (worth := _worth(known, d.amount, d.currency))]
    largest = sorted(worths, key=lambda pair: (-pair[1], pair[0].id))[:_MOST_WON]
    return [
        Won(
            customers.get(d.customer or "", d.customer or ""),
            d.name or products.get(d.product or "", d.kind),
            d.closed,
            worth,
        )
        for d, worth in largest
        if d.closed
    ]
