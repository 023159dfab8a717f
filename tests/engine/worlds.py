"""Random small worlds for properties: facts of two partners over two years, and programs that use every rule."""

import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from partnerdesk.engine.facts import (
    KIND_OF,
    Adjustment,
    Case,
    Certification,
    Check,
    Contract,
    Credit,
    Customer,
    Deal,
    Deployment,
    ExchangeRate,
    Facts,
    Partner,
    Payment,
    Survey,
    TierDecision,
    Transaction,
)
from partnerdesk.engine.rules import Program
from partnerdesk.paths import resource
from partnerdesk.program.reader import read_file, read_program

START, AS_OF = date(2024, 1, 1), date(2026, 2, 10)
TIERS = ("Registered", "Silver", "Gold", "Platinum")


def alliance() -> list[Program]:
    """Both versions of the sample's program."""
    found = [read_file(Path(p)).program for p in sorted(resource("programs/fennmark").glob("*.toml"))]
    return [p for p in found if p is not None]


def early_change(draw: random.Random) -> list[Program]:
    """The sample's program with the second version taking effect on a random day inside the world."""
    first, second = alliance()
    day = START + timedelta(days=draw.randrange(60, 700))
    text = resource("programs/fennmark/2026.2.toml").read_text(encoding="utf-8")
    moved = read_program(text.replace("effective_from = 2026-07-01", f"effective_from = {day.isoformat()}"), "moved")
    assert moved.program is not None, moved.problems
    assert second.version == moved.program.version
    return [first, moved.program]


def cents(draw: random.Random, most: int = 60_000) -> Decimal:
    return Decimal(draw.randrange(100, most * 100)).scaleb(-2)


def day(draw: random.Random, first: date = START, last: date = AS_OF) -> date:
    return first + timedelta(days=draw.randrange((last - first).days + 1))


def facts(draw: random.Random) -> Facts:
    """Two partners with deals, contracts, payments, refunds, deployments, surveys, people, credits and money."""
    rows: list[Any] = [
        Partner(id="A", name="Alder", joined=START),
        Partner(id="B", name="Birch", joined=START, currency="USD"),
        *(Customer(id=f"C{n}", name=f"Customer {n}") for n in range(5)),
        *(
            ExchangeRate(
                id=f"X{n}",
                day=date(2023, 12, 1) + timedelta(days=90 * n),
                base="USD",
                quote="EUR",
                rate=Decimal(draw.randrange(850, 990)).scaleb(-3),
            )
            for n in range(9)
        ),
    ]
    for owner in "AB":
        rows += _business(draw, owner)
        rows += _standing(draw, owner)
    draw.shuffle(rows)
    return together(rows)


def together(rows: list[Any]) -> Facts:
    kinds: dict[str, list[Any]] = {}
    for row in rows:
        kinds.setdefault(KIND_OF[type(row)], []).append(row)
    return Facts({kind: tuple(found) for kind, found in kinds.items()})


def _business(draw: random.Random, owner: str) -> list[Any]:
    rows: list[Any] = []
    for n in range(draw.randrange(2, 9)):
        id, customer = f"{owner}{n}", f"C{draw.randrange(5)}"
        currency = draw.choice(("EUR", "EUR", "USD"))
        closed = day(draw)
        status = draw.choice(("won", "won", "won", "lost", "open"))
        kind = draw.choice(("new", "new", "cross-sell", "expansion", "upsell"))
        rows.append(
            Deal(
                id=f"D{id}",
                partner=owner,
                customer=customer,
                kind=kind,
                status=status,
                amount=cents(draw),
                currency=currency,
                closed=closed if status != "open" else None,
            )
        )
        if draw.random() < 0.2:
            rows.append(Credit(id=f"R{id}", deal=f"D{id}", partner="B" if owner == "A" else "A", share=Decimal("0.3")))
        if status != "won":
            continue
        rows += _delivered(draw, owner, id, customer, closed, currency)
    return rows


def _delivered(draw: random.Random, owner: str, id: str, customer: str, closed: date, currency: str) -> list[Any]:
    end = closed + timedelta(days=364)
    outcome = draw.choice(("open", "renewed", "churned", "expanded", "contracted"))
    known = closed + timedelta(days=draw.randrange(30, 400))
    amount = cents(draw, 20_000)
    after = None if outcome in ("open", "churned", "renewed") else cents(draw, 25_000)
    planned = closed + timedelta(days=60)
    rows: list[Any] = [
        Contract(
            id=f"K{id}",
            partner=owner,
            customer=customer,
            deal=f"D{id}",
            start=closed,
            end=end,
            recurring=amount,
            currency=currency,
            outcome=outcome,
            outcome_on=known if outcome != "open" else None,
            outcome_amount=after,
        ),
        Deployment(
            id=f"L{id}",
            partner=owner,
            customer=customer,
            deal=f"D{id}",
            planned_live=planned,
            live=planned + timedelta(days=draw.randrange(-10, 260)),
        ),
        *(
            Check(
                id=f"Q{id}{n}",
                deployment=f"L{id}",
                partner=owner,
                group=draw.choice(("standards", "adoption")),
                met=draw.random() < 0.7,
            )
            for n in range(draw.randrange(5))
        ),
    ]
    for n in range(draw.randrange(4)):
        paid = closed + timedelta(days=90 * n + 5)
        rows.append(
            Transaction(
                id=f"T{id}{n}",
                partner=owner,
                customer=customer,
                contract=f"K{id}",
                deal=f"D{id}",
                kind="payment",
                day=paid,
                amount=cents(draw, 5_000),
                currency=currency,
            )
        )
        if draw.random() < 0.25:
            rows.append(
                Transaction(
                    id=f"V{id}{n}",
                    partner=owner,
                    customer=customer,
                    contract=f"K{id}",
                    deal=f"D{id}",
                    kind="refund",
                    day=paid + timedelta(days=20),
                    amount=-cents(draw, 3_000),
                    currency=currency,
                )
            )
    return rows


def _standing(draw: random.Random, owner: str) -> list[Any]:
    rows: list[Any] = [
        TierDecision(id=f"G{owner}{n}", partner=owner, day=day(draw), tier=draw.choice(TIERS), reason="r")
        for n in range(draw.randrange(3))
    ]
    for n in range(draw.randrange(9)):
        rows.append(
            Survey(
                id=f"S{owner}{n}",
                partner=owner,
                day=day(draw),
                score=Decimal(draw.randrange(1, 6)),
                scale_min=Decimal(1),
                scale_max=Decimal(5),
            )
        )
        awarded = day(draw)
        rows.append(
            Certification(
                id=f"E{owner}{n}",
                partner=owner,
                person=f"Person {draw.randrange(6)}",
                awarded=awarded,
                expires=awarded + timedelta(days=400),
            )
        )
    for n in range(draw.randrange(5)):
        rows.append(Case(id=f"H{owner}{n}", partner=owner, opened=day(draw), escalated=draw.random() < 0.6))
    rows.append(
        Adjustment(
            id=f"J{owner}", partner=owner, day=day(draw), amount=cents(draw, 900), reason="agreed", approver="Ana"
        )
    )
    rows.append(Payment(id=f"P{owner}", partner=owner, day=day(draw), amount=cents(draw, 900), remittance="R"))
    return rows
