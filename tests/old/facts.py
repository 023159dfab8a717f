"""The facts of the books in this folder; they never change."""

from datetime import date
from decimal import Decimal

from partnerdesk.engine.facts import Contract, Customer, Deal, Deployment, Fact, Partner, Payment, TierDecision

AS_OF = date(2025, 4, 15)


def facts() -> list[Fact]:
    """One Gold partner: a deal of 10,000 won in January, live in March, paid for in February."""
    return [
        Partner(id="P1", name="Aurelia & Söhne", joined=date(2024, 1, 1)),
        Customer(id="C1", name="R&D <Labs>"),
        TierDecision(id="T1", partner="P1", day=date(2024, 1, 1), tier="Gold", reason="taken over", decided_by="Ana"),
        Deal(id="D1", partner="P1", customer="C1", status="won", closed=date(2025, 1, 10), amount=Decimal("10000.00")),
        Contract(
            id="K1",
            partner="P1",
            customer="C1",
            deal="D1",
            start=date(2025, 1, 15),
            end=date(2026, 1, 14),
            recurring=Decimal("10000.00"),
        ),
        Deployment(id="L1", partner="P1", customer="C1", deal="D1", live=date(2025, 3, 20)),
        Payment(id="Y1", partner="P1", day=date(2025, 2, 20), amount=Decimal("480.00"), remittance="REM-1"),
    ]
