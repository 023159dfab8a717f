"""The register of benefits: what partners' tiers promise, and whether it was delivered."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.engine.outcome import BenefitView
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation, programs


@dataclass(frozen=True, slots=True)
class BenefitRow:
    """A benefit that is promised to a partner. `days_left` counts to its due day, below zero when late."""

    partner: str
    partner_name: str
    benefit: BenefitView
    days_left: int | None

    @property
    def is_open(self) -> bool:
        return self.benefit.state in ("due", "late")


def benefits(session: Session, as_of: date, partner: str | None = None) -> tuple[BenefitRow, ...]:
    """The benefits of all partners or of one, those that are due first; nothing without a program."""
    if not programs(session):
        return ()
    names = {p.id: p.name for p in facts(session, kinds=("partner",)).of("partner")}
    rows = [
        BenefitRow(id, names[id], view, (view.due - as_of).days if view.due else None)
        for id, outcome in evaluation(session, as_of).partners.items()
        if partner in (None, id)
        for view in outcome.benefits.values()
    ]
    return tuple(sorted(rows, key=lambda r: (not r.is_open, r.benefit.due or date.max, r.partner_name)))
