"""What stands around a partner's deals in the sample book: certificates, activities, targets, funds, adjustments, the
program it is in, and the tiers that people decided.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from partnerdesk.engine.facts import (
    Activity,
    Adjustment,
    Certification,
    Enrolment,
    Fact,
    FundEntry,
    Survey,
    Target,
    TierDecision,
)
from partnerdesk.engine.period import Period, add_months
from partnerdesk.ops.sample.cast import AS_OF, FIRST, Profile
from partnerdesk.ops.sample.dice import Dice

PROGRAM = "fennmark-partner-alliance"
CERTIFICATES = ("Fennmark Core Engineer", "Fennmark Analytics Engineer", "Fennmark Consultant")
ACTIVITIES = (
    ("training", "Core engineer course"),
    ("clinic", "Deployment clinic"),
    ("demo", "Demo day for public companies"),
    ("reference", "Reference call"),
    ("case-study", "Case study published"),
    ("joint-planning", "Joint planning day"),
)
DIRECTOR = "Viktor Lehmdahl"  # who decides and approves at the vendor
FUNDED = ("P-02", "P-04", "P-07", "P-08", "P-10", "P-12", "P-13")
ADJUSTED = {
    "P-01": ("325.00", date(2026, 9, 28), "CORRECTION", "Go-live of August was credited to another partner"),
    "P-10": ("-480.00", date(2026, 8, 21), "CORRECTION", "Expansion was booked twice in July"),
    "P-13": ("1250.00", date(2026, 10, 15), "SPIFF", "Winner of the spring campaign"),
    "P-20": ("-150.00", date(2026, 6, 30), "FEE", "Late certificate renewal, shared by agreement"),
}


class Standing:
    """One partner's rows besides its deals."""

    def __init__(self, profile: Profile, seed: int, quarters: tuple[Period, ...]) -> None:
        self.profile, self.quarters = profile, quarters
        self.partner = profile.partner.id
        self.number = self.partner[2:]
        self.dice = Dice(seed, self.partner, "standing")

    def tell(self) -> Iterator[Fact]:
        """All rows."""
        yield self.enrolment()
        yield from self.decisions()
        yield from self.certificates()
        yield from self.activities()
        yield from self.targets()
        yield from self.recommendations()
        yield from self.adjustment()
        if self.partner in FUNDED:
            yield from self.fund()

    def enrolment(self) -> Enrolment:
        track = self.profile.partner.type
        return Enrolment(id=f"E-{self.number}", partner=self.partner, program=PROGRAM, day=FIRST, track=track)

    def decisions(self) -> Iterator[TierDecision]:
        for day, tier in self.profile.tiers:
            reason = "Opening tier of the alliance" if day == FIRST else "Figures of two quarters, confirmed in review"
            yield TierDecision(
                id=f"{self.partner}:{day}", partner=self.partner, day=day, tier=tier, reason=reason, decided_by=DIRECTOR
            )

    def certificates(self) -> Iterator[Certification]:
        """Today's certified people, plus one or two who left or let it lapse; most are renewed after two years."""
        count = self.profile.certified
        extra = self.dice.between(0, 1 + count // 4)
        first, last = self.dice.some(self.profile.names["first"] * 2, 20), self.profile.names["last"]
        for number in range(count + extra):
            person = f"{first[number]} {last[(number + 3) % len(last)]}"
            lapsed = number >= count
            if lapsed:
                awarded = add_months(FIRST, self.dice.between(0, 6))
            else:
                awarded = add_months(date(2025, 2, 10), self.dice.between(0, 17))
                if number < max(1, count * 2 // 3):  # held since the first days and renewed
                    yield self.certificate(number * 2 + 50, person, add_months(awarded, -23))
            yield self.certificate(number * 2, person, awarded)

    def certificate(self, number: int, person: str, awarded: date) -> Certification:
        expires = add_months(awarded, 24)
        return Certification(
            id=f"Z-{self.number}{number:02}",
            partner=self.partner,
            person=person,
            certificate=CERTIFICATES[number % 3],
            level="professional" if number % 4 else "expert",
            awarded=awarded,
            expires=expires,
        )

    def activities(self) -> Iterator[Activity]:
        for number in range(1, self.dice.between(3, 6)):
            kind, title = self.dice.pick(ACTIVITIES)
            day = self.dice.workday(date(2025, 6, 1), AS_OF)
            evidence = "Attendance list" if kind in ("training", "clinic") else "Link in the partner folder"
            yield Activity(
                id=f"Y-{self.number}{number}",
                partner=self.partner,
                kind=kind,
                title=title,
                day=day,
                verified_by="V-5",
                evidence=evidence,
            )

    def targets(self) -> Iterator[Target]:
        """The revenue agreed for each quarter of this year."""
        for quarter in self.quarters[-4:]:
            amount = self.profile.local(self.profile.revenue_of(2025) * 108 // 400)
            yield Target(
                id=f"G-{self.number}{quarter.label}",
                partner=self.partner,
                start=quarter.start,
                end=quarter.end,
                amount=Decimal(amount),
                currency=self.profile.partner.currency,
            )

    def recommendations(self) -> Iterator[Survey]:
        """One question a year: would you recommend us, from 0 to 10."""
        for year in (2024, 2025, 2026):
            score = min(10, max(0, self.profile.temper_in(f"{year}Q3").csat * 2 // 10 + self.dice.between(-1, 1)))
            yield Survey(
                id=f"N-{self.number}{year}",
                partner=self.partner,
                kind="nps",
                day=date(year, 9, self.dice.between(2, 26)),
                score=Decimal(score),
                scale_min=Decimal(0),
                scale_max=Decimal(10),
            )

    def adjustment(self) -> Iterator[Adjustment]:
        if self.partner in ADJUSTED:
            amount, day, code, reason = ADJUSTED[self.partner]
            yield Adjustment(
                id=f"J-{self.number}",
                partner=self.partner,
                day=day,
                amount=Decimal(amount),
                currency=self.profile.partner.currency,
                reason_code=code,
                reason=reason,
                approver=DIRECTOR,
            )

    def fund(self) -> Iterator[Fact]:
        """Joint marketing money of this half-year: allocated, asked for, approved, partly claimed, proof still due."""
        event = Activity(
            id=f"Y-{self.number}F",
            partner=self.partner,
            kind="co-marketing",
            title=self.dice.pick(("Roundtable for hospitals", "Breakfast for energy buyers", "Joint web seminar")),
            day=date(2026, 10, self.dice.between(5, 28)),
        )
        yield event
        size = self.dice.between(2, 5) * 3000
        proof = AS_OF + timedelta(days=self.dice.between(3, 20))
        steps: list[tuple[str, date, int | None, dict[str, Any]]] = [
            ("allocation", date(2026, 7, 1), size, {}),
            ("request", date(2026, 8, 20), size // 2, {"activity": event.id, "project": event.title}),
            ("approval", date(2026, 9, 2), size // 2, {"activity": event.id, "approver": DIRECTOR}),
            ("claim", date(2026, 11, 4), size // 2, {"activity": event.id, "cost": size, "due": proof}),
        ]
        for number, (kind, day, amount, more) in enumerate([*steps, *self.summer(size // 6)], 1):
            if "cost" in more:
                more["cost"] = Decimal(self.profile.local(more["cost"]))
            yield FundEntry(
                id=f"F-{self.number}{number}",
                partner=self.partner,
                fund="Joint marketing",
                kind=kind,
                day=day,
                amount=None if amount is None else Decimal(self.profile.local(amount)),
                currency=self.profile.partner.currency,
                **more,
            )

    def summer(self, size: int) -> list[tuple[str, date, int | None, dict[str, Any]]]:
        """What every other one did before: claimed, proven and paid, with what came of it."""
        if FUNDED.index(self.partner) % 2:
            return []
        of = {"request": f"F-{self.number}5"}
        leads = {"project": "Customer evening", "result": f"{4 + size // 500} qualified leads"}
        return [
            ("request", date(2026, 7, 6), size, {"project": "Customer evening"}),
            ("approval", date(2026, 7, 14), size, {**of, "approver": DIRECTOR}),
            ("claim", date(2026, 8, 31), size, {**of, "cost": 2 * size}),
            ("proof", date(2026, 9, 9), None, {**of, "evidence": "invoice and list of guests"}),
            ("reimbursement", date(2026, 9, 24), size, {**of, **leads}),
        ]
