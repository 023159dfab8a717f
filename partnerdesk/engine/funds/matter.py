"""One request of a fund while its story is told: what was asked, what is open, until when somebody has to act."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Generic

from partnerdesk.engine.facts import FundEntry
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.funds.lots import Used
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import FundRequest
from partnerdesk.engine.outcome.funds import APPROVED, CLAIMED, DENIED, LAPSED, PROVEN, REIMBURSED, REQUESTED
from partnerdesk.engine.period import add_months
from partnerdesk.engine.rules import Fund


@dataclass(slots=True)
class Matter(Generic[N]):
    """A request in progress. Amounts are open ones but for `paid` and `lapsed`, which only grow."""

    id: str
    day: date
    requested: N
    approved: N
    claimed: N
    paid: N
    lapsed: N
    used: Used[N]
    cost: N | None = None
    activity: str = ""
    happens: date | None = None  # the activity's day
    kind: str = ""  # and its kind
    decide_by: date | None = None
    claim_by: date | None = None
    proof_by: date | None = None
    pay_by: date | None = None
    proven: bool = False
    missed: bool = False
    denied: bool = False
    has_claim: bool = False
    rows: list[FundEntry] = field(default_factory=list)

    @property
    def state(self) -> str:
        """Where it stands now."""
        if self.claimed > ZERO:
            return PROVEN if self.proven else CLAIMED
        if self.approved > ZERO:
            return APPROVED
        if self.paid > ZERO:
            return REIMBURSED
        if self.denied:
            return DENIED
        if self.lapsed > ZERO:
            return LAPSED
        return CLAIMED if self.has_claim else REQUESTED

    def next_step(self) -> tuple[date | None, str]:
        """Until when somebody has to act, and for what."""
        return {
            REQUESTED: (self.decide_by, "decision"),
            APPROVED: (self.claim_by, "claim"),
            CLAIMED: (self.proof_by, "proof"),
            PROVEN: (self.pay_by, "payment"),
        }.get(self.state, (None, ""))

    def after(self, days: int | None, since: date) -> date | None:
        """The day so many days after another; None where the program sets no time."""
        return None if days is None else since + timedelta(days=days)

    def to_claim(self, rule: Fund, since: date) -> date | None:
        """The last day for a claim of what is approved, or happens, on a day."""
        if rule.claim_months is not None:
            return add_months(since, rule.claim_months)
        return self.after(rule.claim_days, since)

    def approve(self, rule: Fund | None, row: FundEntry, day: date) -> date | None:
        """Notes an approval's terms; the day until which it is to be claimed."""
        self.denied = False
        by = row.due or (self.to_claim(rule, max(day, self.happens or day)) if rule is not None else None)
        self.claim_by = max(by, self.claim_by) if by and self.claim_by else by or self.claim_by
        return self.claim_by

    def claim(self, rule: Fund | None, row: FundEntry, day: date) -> date | None:
        """Notes a claim's terms; the day until which its proof is due, None where it brings it."""
        self.has_claim = True
        if row.evidence.strip():
            self.prove(rule, row, day)
            return None
        self.proven, self.proof_by = False, row.due or self.after(rule.proof_days if rule else None, day)
        return self.proof_by

    def prove(self, rule: Fund | None, row: FundEntry, day: date) -> None:
        """Notes that the proof is there."""
        self.proven = True
        by = row.due if row.kind == "proof" else None
        self.pay_by = by or self.after(rule.pay_days if rule else None, day)

    def proof(self) -> str:
        """How it stands with the proof."""
        if self.proven:
            return "given"
        if self.missed:
            return "missed"
        return "due" if self.has_claim else ""

    def closed(self) -> FundRequest[N]:
        """The request as it stands."""
        due, due_for = self.next_step()
        return FundRequest(
            id=self.id,
            project=_last([row.project for row in self.rows]),
            activity=self.activity,
            day=self.day,
            requested=self.requested,
            approved=self.approved,
            claimed=self.claimed,
            paid=self.paid,
            lapsed=self.lapsed,
            cost=self.cost,
            state=self.state,
            due=due,
            due_for=due_for if due else "",
            proof=self.proof(),
            evidence=_last([row.evidence for row in self.rows]),
            result=_last([row.result for row in self.rows]),
            approver=_last([row.approver for row in self.rows]),
        )


def _last(texts: Sequence[str]) -> str:
    """The last one that says something."""
    return next((text for text in reversed(texts) if text.strip()), "")
