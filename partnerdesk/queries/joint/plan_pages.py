"""A partner's plan as its page shows it: the current one, with what the engine says of its measured targets."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.queries.figures import outcome, programs
from partnerdesk.queries.joint.plan_content import QuarterTarget, TargetRow
from partnerdesk.queries.joint.plans import PlanView, plan_at, plan_view, plans
from partnerdesk.queries.partners.people import people


def plan_page(session: Session, partner: str, as_of: date, chosen: int | None = None) -> PlanView | None:
    """The chosen plan, else that of today, else the newest one; None where there is none.

    Measured targets carry their actuals; all plans and versions of the partner are named for the choice.
    """
    known = plans(session, partner, latest=False)
    row = next((p for p in known if p.id == chosen), None) or plan_at(session, partner, as_of)
    view = plan_view(session, row.id, as_of) if row is not None else None
    if view is None:
        return None
    named = (*people(session, partner), *people(session, None))
    view = replace(view, known=named, targets=tuple(_with_quarters(target, view.quarters) for target in view.targets))
    versions = programs(session)
    if not versions:
        return replace(view, versions=known)
    measures = tuple((key, metric.says) for key, metric in versions[-1].metric.items())
    view = replace(view, versions=known, measures=measures)
    metrics = outcome(session, partner, as_of).metrics

    def measured(target: TargetRow) -> TargetRow:
        if target.source != "auto":
            return target
        quarters = tuple(
            replace(q, actual=metrics[target.metric, q.quarter].value) if (target.metric, q.quarter) in metrics else q
            for q in target.quarters
        )
        return replace(target, quarters=quarters)

    return replace(view, targets=tuple(measured(t) for t in view.targets))


def _with_quarters(target: TargetRow, quarters: Sequence[str]) -> TargetRow:
    """A target with every quarter of the plan's period, also those for which nothing is set yet."""
    known = {quarter.quarter: quarter for quarter in target.quarters}
    for label in quarters:
        known.setdefault(label, QuarterTarget(label, None, None))
    return replace(target, quarters=tuple(known[label] for label in sorted(known)))
