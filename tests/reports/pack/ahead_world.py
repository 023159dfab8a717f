"""Page 6 of the invented partner: fourteen open deals, and open ground whose sums tie."""

from datetime import date, timedelta
from decimal import Decimal as D

from partnerdesk.engine.period import period_at
from partnerdesk.reports.pack.data import (
    Band,
    Fan,
    GroundCell,
    GroundRow,
    OpenDeal,
    OpenGround,
    PipelineView,
    QuarterAhead,
    QuarterBehind,
    ScenarioLine,
    StartAt,
)

_DEALS = (
    ("Corvin Logistics", "Core, Hub", "Proposal", 120000, "Security review", "Priya Nair"),
    ("Helios", "Core, 3 years", "Negotiation", 96000, "Price approval", "Rosa Silva"),
    ("Aurel Insurance", "Analytics", "Proof", 84000, "Test data", "Mira Okafor"),
    ("Orrin Foods", "Expansion", "Proposal", 60000, "Open defect", "Daniel Brandt"),
    ("Lumen Freight", "API", "Qualified", 52000, "Budget owner", "Tom Reyes"),
    ("Sable Retail", "Core", "Qualified", 48000, "", "Tom Reyes"),
    ("Tessera Health", "Hub", "Proposal", 42000, "Legal terms", "Helen Cho"),
    ("Marlow Energy", "Support", "Negotiation", 36000, "", "Jonas Weber"),
    ("Borealis", "Hub", "Qualified", 30000, "Renewal first", "Rosa Silva"),
    ("Vantor Steel", "Analytics", "Qualified", 28000, "No sponsor", "Ana Lindqvist"),
    ("Wexford Glass", "Core", "Qualified", 18000, "", ""),
    ("Ostara Travel", "Hub", "Qualified", 12000, "", ""),
    ("Pellan Paper", "API", "Qualified", 9000, "", ""),
    ("Quillon Press", "API", "Qualified", 5000, "", ""),
)
_GROUND = (
    ("Helios", "o 40 22 20 14", date(2027, 3, 2)),
    ("Corvin Logistics", "p 46 p 32 -", None),
    ("Lumen Freight", "40 26 o p o", None),
    ("Aurel Insurance", "26 p 20 12 -", None),
    ("Borealis", "o 42 p - o", date(2026, 12, 14)),
    ("Sable Retail", "p 20 14 - -", None),
    ("Orrin Foods", "o 16 - 10 o", None),
    ("Tessera Health", "o o p - 20", None),
)
_STATES = {"o": "owned", "p": "pipeline", "-": "not_eligible"}


def deals() -> tuple[OpenDeal, ...]:
    first = date(2026, 12, 11)
    return tuple(
        OpenDeal(
            deal=f"D-{2000 + n}",
            customer=customer,
            what=what,
            stage=stage,
            amount=D(amount),
            close=first + timedelta(days=9 * n) if n else date(2026, 11, 10),
            next_step=f"Step {n} with the buyer" if n < 10 else "",
            blocker=blocker,
            helps=helps,
        )
        for n, (customer, what, stage, amount, blocker, helps) in enumerate(_DEALS)
    )


def _cell(word: str) -> GroundCell:
    return GroundCell(_STATES[word]) if word in _STATES else GroundCell("gap", D(word) * 1000)  # type: ignore[arg-type]


def ground() -> OpenGround:
    rows = []
    for customer, text, renews in _GROUND:
        cells = tuple(map(_cell, text.split()))
        rows.append(GroundRow(customer, cells, sum((c.value for c in cells if c.value), D(0)), renews))
    gaps = tuple(sum((r.cells[n].value or D(0) for r in rows), D(0)) for n in range(5))
    return OpenGround(
        products=("Core", "Analytics", "Hub", "API", "Support"),
        rows=tuple(rows),
        gaps=gaps,
        gap=sum(gaps, D(0)),
        currency="EUR",
        customers=8,
        start=StartAt("Helios", "Analytics", D(40000), date(2027, 3, 2), 5, 8),
    )


def pipeline() -> PipelineView:
    return PipelineView(deals(), sum((d.amount or D(0) for d in deals()), D(0)), ground())


def band(text: str) -> Band:
    return Band(*(D(word) * 1000 for word in text.split()))


def fan() -> Fan:
    """Eight quarters behind, two ahead, and the same under the plan and with Gold."""
    earned = (51, 49, 54, 61, 73, 65, "67.9", "90.4")
    days = [date(2024 + (n + 3) // 4, (n + 3) % 4 * 3 + 1, 1) for n in range(10)]
    quarters = [period_at(day, "quarter") for day in days]
    as_is = (band("64 78 88 101 115"), band("50 66 80 95 113"))
    plan = (band("71 85 96 108 124"), band("58 74 88 103 121"))
    gold = (plan[0], band("64 81 97 113 133"))
    return Fan(
        behind=tuple(QuarterBehind(q, D(str(e)) * 1000) for q, e in zip(quarters, earned, strict=False)),
        ahead=tuple(QuarterAhead(q, b) for q, b in zip(quarters[8:], as_is, strict=True)),
        scenarios=(
            ScenarioLine(as_is),
            ScenarioLine(plan, kept=True),
            ScenarioLine(gold, kept=True, tier="Gold", since=date(2027, 1, 1)),
        ),
        futures=60,
        seed=1,
        holds=("14 open deals won or lost, each by its own chance", "payments of contracts in force come as scheduled"),
        leaves_out=("refunds and adjustments that nobody knows yet",),
    )
