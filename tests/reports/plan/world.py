"""Plans as their documents read them: one with every block filled, one about which nothing is known yet."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from partnerdesk.engine.period import period_at
from partnerdesk.reports.pack.data import Party
from partnerdesk.reports.plan import data as rows

AS_OF, START = date(2027, 5, 19), date(2027, 1, 1)
D = Decimal
LONG = "Wasserversorgungszweckverband Oberes Leinetal und Umgebung Betriebsgesellschaft"


def bare(**own: Any) -> rows.PlanDocument:
    """A draft without a word in it."""
    head: dict[str, Any] = {
        "partner": Party("P-1", "Halvorsen Data"),
        "vendor": Party("", "Fennmark Software", "Fennmark"),
        "number": "JP-2027-P-1",
        "title": "Joint plan 2027",
        "start": START,
        "end": date(2027, 12, 31),
        "version": 1,
        "status": "draft",
        "status_since": date(2026, 12, 1),
        "as_of": AS_OF,
        "running": period_at(AS_OF, "quarter").label,
        "currency": "EUR",
        "ground_currency": "EUR",
        "program": "",
        "sample": False,
    }
    return rows.PlanDocument(**(head | own))


def objective(n: int, **own: Any) -> rows.Objective:
    known: dict[str, Any] = {
        "title": f"Objective number {n}",
        "why": "Customers with two products renew more often",
        "metric": "Deals won",
        "unit": "deals",
        "target": D(180),
        "actual": D(52),
        "due": date(2027, 9, 30),
        "vendor_commitment": "Solution engineer, two days a month",
        "vendor_owner": "Marit Solheim-Vance",
        "partner_commitment": "Workshops at two customers",
        "partner_owner": "Carla Ahrendsen",
        "funding": "Joint marketing",
        "status": "on track",
        "reason": "",
        "links": ("Auental, Analytics",),
    }
    return rows.Objective(**(known | own))


def ground(n: int, products: int) -> rows.Ground:
    states = ("owned", "pipeline", "gap", "not eligible", "gap")
    cells = tuple(
        rows.Cell(states[(n + k) % 5], D(12_000 + 500 * k) if states[(n + k) % 5] == "gap" else None)
        for k in range(products)
    )
    gap = sum((c.value for c in cells if c.value is not None), D(0))
    return rows.Ground(f"Customer {n}", cells, gap, date(2027, 6, 1) + timedelta(days=11 * n))


def full(**own: Any) -> rows.PlanDocument:
    """A plan in its second year with something in every block."""
    return bare(**(_words() | _state() | _blocks() | _promised() | own))


def _words() -> dict[str, Any]:
    return {
        "version": 2,
        "status": "in progress",
        "program": "2027.1",
        "thesis": "Halvorsen knows hospitals better than we do; we bring the product and the references. " * 3,
        "partner_goals": "Two lines of managed services; three engineers who lead a go-live alone\nGold by June",
        "vendor_goals": "1.9 million joint revenue; four references to name",
        "ideal_customer": "200 to 2,000 people, own operations",
        "value_proposition": "One platform, one partner who runs it",
        "competitors": "Spreadsheets, and doing nothing",
        "partner_owner": "Carla Ahrendsen",
        "partner_sponsor": "Benno Dorneck",
        "vendor_owner": "Marit Solheim-Vance",
        "vendor_sponsor": "Viktor Lehmdahl",
        "kickoff": date(2027, 2, 4),
        "reviews": tuple(date(2027, m, 12) for m in (2, 5, 8, 11)),
        "agreed_by": "both",
        "changes": (
            rows.Change(2, "Objective", "Objective number 1, due", "30 Jun 2027", "30 Sep 2027"),
            rows.Change(2, "Risk", "Silbersee changes its management", "", "added"),
        ),
    }


def _state() -> dict[str, Any]:
    revenue = tuple(rows.Quarter(f"2026Q{n}", D(70_000 + n), None) for n in range(1, 5))
    standing = rows.Standing(
        revenue=revenue,
        revenue_says="Joint revenue",
        tier="Silver",
        next_tier="Gold",
        points_short=D("3.6"),
        score=D("71.4"),
        score_period="2027Q1",
        customers=9,
        installed=tuple(rows.Installed(f"Product {n}", n, D(90_000 - n), date(2027, 7, n)) for n in range(1, 6)),
        certified=(rows.Certified("Core Engineer expert", 2, date(2027, 11, 2)),),
        won=tuple(rows.Won(f"Customer {n}", "New platform", date(2027, 3, n), D(61_500)) for n in range(1, 5)),
        wins="Ahrensfels went live on the day",
        friction="Two renewals were talked about late",
    )
    quarters = tuple(rows.Quarter(f"2027Q{n}", D(430_000), D(412_000) if n == 1 else None) for n in range(1, 5))
    target = rows.Target(
        label="Joint revenue",
        unit="EUR",
        is_measured=True,
        baseline=D(368_000),
        weight=D("0.4"),
        confidence="medium",
        quarters=quarters,
    )
    rate = replace(target, label="Renewal rate", unit="%", baseline=D("0.91"), confidence="low", quarters=())
    return {"standing": standing, "targets": (target, rate, replace(target, label="Calls", unit="calls"))}


def _blocks() -> dict[str, Any]:
    names = ("Core", "Analytics", "Hub", "Connect API", "Care")
    return {
        "objectives": tuple(objective(n) for n in range(1, 5)),
        "accounts": tuple(
            rows.Account(
                name=f"Customer {n}",
                vendor_part="Sponsor meets theirs twice a year",
                vendor_owner="Marit Solheim-Vance",
                partner_part="Weekly operations call",
                partner_owner="" if n == 2 else "Jost Fahrental",
                cadence="monthly",
            )
            for n in range(1, 4)
        ),
        "products": names,
        "ground": tuple(ground(n, len(names)) for n in range(8)),
        "people": tuple(
            rows.Person(name=f"Person {n}", side=side, role="Delivery", backup="Somebody", last_contact=AS_OF)
            for n, side in enumerate(("vendor", "partner", "customer"))
        ),
        "decisions": tuple(
            rows.DecisionRight(
                decision=f"Decision {n}",
                accountable="Viktor Lehmdahl",
                responsible="",
                consulted="Carla Ahrendsen",
                informed="",
                limit_days=n,
                fallback="One step up the ladder",
            )
            for n in range(1, 7)
        ),
    }


def _promised() -> dict[str, Any]:
    levels = (("Account managers", 2), ("Directors", 5), ("Sponsors", 10))
    return {
        "risks": tuple(
            rows.Risk(
                text="The delivery lead carries three projects",
                likelihood="medium",
                impact="high",
                trigger="A kick-off moves by two weeks",
                mitigation="Second engineer certified",
                owner="Jost Fahrental",
            )
            for _ in range(3)
        ),
        "ladder": tuple(
            rows.Rung(level=n, who=who, vendor_name="Marit", partner_name="Carla", days=days)
            for n, (who, days) in enumerate(levels, 1)
        ),
        "rhythm": (
            rows.Gathering(
                meeting="Deal sync",
                cadence="weekly",
                minutes=30,
                who="both leads",
                covers="Open deals",
                is_optional=True,
            ),
        ),
        "promises": tuple(
            rows.Promise(text=f"Promise {n}", side="partner", owner="Carla", due=AS_OF, state=state, outcome="")
            for n, state in enumerate(("open", "late", "done", "dropped", "proposed"))
        ),
        "steps": tuple(
            rows.Step(
                week=date(2027, 5, 24) + timedelta(weeks=n), text=f"Step {n}", side="vendor", owner="", done_on=None
            )
            for n in range(10)
        ),
        "references": (rows.Reference("Offer sheet", "https://example.com/offer"),),
    }


def crowded() -> rows.PlanDocument:
    """Far more of everything than a page holds, with long names and two scripts."""
    said = f"{LONG} и партнёры, Ελληνικά, Tiếng Việt. "
    plan = full(partner=Party("P-1", LONG), thesis=said * 40, partner_goals="\n".join([said] * 12))
    return replace(
        plan,
        objectives=tuple(objective(n, title=said, why=said * 4, partner_commitment=said * 9) for n in range(30)),
        targets=tuple(replace(t, label=LONG) for t in plan.targets * 4),
        ground=tuple(replace(ground(n, 14), customer=f"{LONG} {n}") for n in range(60)),
        products=tuple(f"{LONG[:24]} {n}" for n in range(14)),
        people=tuple(replace(p, name=LONG, role=said) for p in plan.people * 20),
        decisions=tuple(replace(d, fallback=said * 3) for d in plan.decisions * 6),
        risks=tuple(replace(r, text=said * 30) for r in plan.risks * 2),
        promises=tuple(replace(p, text=said * 2, owner=LONG) for p in plan.promises * 60),
        obstacles=tuple(f"Objective “{LONG}” has no partner owner." for _ in range(9)),
        changes=tuple(replace(c, before=said * 2, after=said * 3) for c in plan.changes * 20),
        accounts=tuple(replace(a, name=LONG, vendor_part=said * 3) for a in plan.accounts * 5),
    )
