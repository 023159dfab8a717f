"""How a partner's deployments go and what customers answer: the start of the planted chain.

A late go-live lowers the customer's answer, and the lower answer makes it leave more often (`story.Story.decided`).
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from partnerdesk.engine.facts import Case, Check, Contract, Deal, Deployment, Fact, Survey
from partnerdesk.engine.period import period_at
from partnerdesk.ops.sample.cast import AS_OF, FIRST, Profile
from partnerdesk.ops.sample.dice import Dice, Spread

LATE_COSTS = 11  # tenths of a point that a late go-live takes from a customer's answer
STANDARDS = ("Roles and rights reviewed", "Backup restored once", "Hand-over signed")
ADOPTION = ("Half of the seats active", "First report in use")
PRAISE = ("Quick answers, good people.", "The launch went as promised.", "")
BLAME = ("We waited for weeks.", "The launch was late and the training short.", "Nobody told us why it slipped.")


class Account(Protocol):
    """What is needed of a customer here."""

    id: str
    satisfaction: int
    asked: date


class Delivery:
    """One partner's deployments with their checks and answers."""

    def __init__(self, profile: Profile, seed: int) -> None:
        self.profile = profile
        self.partner = profile.partner.id
        self.dice = Dice(seed, self.partner, profile.salt, "delivery")
        self.rows: list[Fact] = []
        self.late, self.standards, self.adoption = Spread(40), Spread(), Spread()
        self.answers = 0

    def deploy(self, account: Account, deal: Deal, closed: date) -> None:
        """The deployment of a won deal; what lies after the as-of day has not happened yet."""
        kickoff = closed + timedelta(days=self.dice.between(10, 25))
        planned = kickoff + timedelta(days=self.dice.between(55, 95))
        temper = self.profile.temper_in(period_at(planned, "quarter").label)
        late = self.late.next(temper.late)
        live = planned + timedelta(days=self.dice.between(14, 55) if late else -self.dice.between(0, 11))
        first_value = live + timedelta(days=self.dice.between(12, 40))
        row = Deployment(
            id=f"L-{deal.id[2:]}",
            partner=self.partner,
            customer=account.id,
            deal=deal.id,
            product=deal.product,
            name=f"{deal.name.rsplit(',', 1)[0]}, go-live",
            planned_kickoff=kickoff,
            kickoff=_past(kickoff),
            planned_live=planned,
            live=_past(live),
            first_value=_past(first_value),
        )
        if row.first_value:
            row = replace(row, outcome="Two reports replaced, one process faster")
        self.rows.append(row)
        if row.live:
            self.check(row, temper.standards, temper.adoption)
            account.satisfaction = max(10, temper.csat - (LATE_COSTS if late else -3))
            self.answer(account, row.live + timedelta(days=self.dice.between(20, 40)), row.id)

    def check(self, row: Deployment, standards: int, adoption: int) -> None:
        day = row.live or AS_OF
        for group, items, spread, percent in (
            ("standards", STANDARDS, self.standards, standards),
            ("adoption", ADOPTION, self.adoption, adoption),
        ):
            for number, item in enumerate(items, 1):
                id = f"{row.id}-{group[0].upper()}{number}"
                met = spread.next(percent)
                self.rows.append(
                    Check(id=id, deployment=row.id, partner=self.partner, group=group, item=item, day=day, met=met)
                )

    def ask(self, account: Account, contract: Contract) -> None:
        """The yearly question before a contract ends; satisfaction drifts back to the usual meanwhile."""
        if contract.end is None:
            return
        usual = self.profile.temper_in(period_at(contract.end, "quarter").label).csat
        account.satisfaction += (usual - account.satisfaction) // 3
        day = contract.end - timedelta(days=self.dice.between(70, 120))
        if (day - account.asked).days > 240:
            self.answer(account, day, None)

    def answer(self, account: Account, day: date, deployment: str | None) -> None:
        """One answer on the scale from 1 to 5, near what the customer feels."""
        if not FIRST <= day <= AS_OF:
            return
        self.answers += 1
        account.asked = day
        felt = account.satisfaction + self.dice.between(-6, 6)
        score = min(5, max(1, (felt + 5) // 10))
        comment = self.dice.pick(PRAISE) if score >= 4 else self.dice.pick(BLAME) if score <= 3 else ""
        self.rows.append(
            Survey(
                id=f"S-{self.partner[2:]}{self.answers:02}",
                partner=self.partner,
                customer=account.id,
                deployment=deployment,
                kind="csat",
                day=day,
                score=Decimal(score),
                scale_min=Decimal(1),
                scale_max=Decimal(5),
                comment=comment,
            )
        )

    def cases(self, customers: list[str]) -> None:
        """Support cases, a few a year, one in six escalated."""
        escalated = Spread()
        for number in range(1, self.dice.between(3, 5)):
            opened = self.dice.workday(FIRST, AS_OF)
            closed = opened + timedelta(days=self.dice.between(2, 45))
            self.rows.append(
                Case(
                    id=f"A-{self.partner[2:]}{number:02}",
                    partner=self.partner,
                    customer=self.dice.pick(customers),
                    title=self.dice.pick(("Import stops", "Slow reports", "Wrong rights", "Sign-in fails")),
                    opened=opened,
                    closed=_past(closed),
                    severity=self.dice.pick(("low", "medium", "high")),
                    escalated=escalated.next(16),
                    in_time=(closed - opened).days <= 20 if closed <= AS_OF else None,
                )
            )


def _past(day: date) -> date | None:
    return day if day <= AS_OF else None
