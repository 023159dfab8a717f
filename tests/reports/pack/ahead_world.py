"""Page 6 of the invented partner: fourteen open deals, and open ground whose sums tie."""

from datetime import date, timedelta
from decimal import Decimal as D

from partnerdesk.reports.pack.data import GroundCell, GroundRow, OpenDeal, OpenGround, PipelineView, StartAt

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
