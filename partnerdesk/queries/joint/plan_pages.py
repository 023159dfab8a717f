"""A partner's plan as its page shows it: the current one, with what the engine says of its measured targets."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk.engine.period import periods
from partnerdesk.queries.figures import outcome, programs
from partnerdesk.queries.joint.plans import PlanRow, PlanView, QuarterTarget, TargetRow, plan_at, plan_view, plans


def plan_page(session: Session, partner: str, as_of: date) -> PlanView | None:
    """The plan of today, else the newest one; None where there is none. Measured targets carry their actuals."""
    row = plan_at(session, partner, as_of)
    if row is None:
        known = plans(session, partner)
        row = known[0] if known else None
    view = plan_view(session, row.id, as_of) if row is not None else None
    if view is None:
        return None
    view = replace(view, targets=tuple(_with_quarters(target, view.plan) for target in view.targets))
    if not programs(session):
        return view
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


def _with_quarters(target: TargetRow, plan: PlanRow) -> TargetRow:
    """A target with every quarter of the plan's period, also those for which nothing is set yet."""
    known = {quarter.quarter: quarter for quarter in target.quarters}
    for period in periods(plan.start, plan.end, "quarter"):
        known.setdefault(period.label, QuarterTarget(period.label, None, None))
    return replace(target, quarters=tuple(known[label] for label in sorted(known)))
