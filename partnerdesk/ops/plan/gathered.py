"""A plan's document as rows: what both sides may read of it, and nothing else. What has no field there cannot leave."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner
from partnerdesk.engine.rules import Program
from partnerdesk.engine.whole import Outcome
from partnerdesk.errors import Refused
from partnerdesk.models.book import book
from partnerdesk.ops.gate.own_ground import own_ground
from partnerdesk.ops.plan.standing import Known, missing_of, standing_of
from partnerdesk.queries.enablement.gaps import enablement_gaps
from partnerdesk.queries.exchange import Exchange
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import outcome, programs
from partnerdesk.queries.joint.plan_changes import plan_changes, text_of
from partnerdesk.queries.joint.plan_content import ObjectiveRow, PlanRow, TargetRow
from partnerdesk.queries.joint.plan_quarters import period_of
from partnerdesk.queries.joint.plans import PlanView, plan_view
from partnerdesk.queries.joint.reviews import reviews
from partnerdesk.queries.joint.whitespace import GAP, whitespace
from partnerdesk.queries.joint.whitespace import Row as WhitespaceRow
from partnerdesk.queries.quarters import quarter_of
from partnerdesk.queries.settings import book_settings
from partnerdesk.queries.unknown import no_partner
from partnerdesk.reports.format import Formats
from partnerdesk.reports.pack.data import Party
from partnerdesk.reports.plan import data as rows
from partnerdesk.reports.plan import governed

_Row = TypeVar("_Row")
CUSTOMERS = 10  # of the whitespace that a plan shows, the largest gaps first


@dataclass(frozen=True, slots=True)
class Gathered:
    """A plan with the partner it belongs to."""

    view: PlanView
    partner: Partner
    document: rows.PlanDocument


def gathered(session: Session, plan: int, as_of: date) -> Gathered:
    """The document of a plan. Raises Refused for a plan that is not there, or whose partner is not."""
    view = plan_view(session, plan, as_of)
    if view is None:
        raise Refused("That plan is not in this book.", "Open the partner's Plan and choose again.")
    world = facts(session, view.plan.partner)
    found = world.of("partner")
    if not found:
        raise no_partner(session, view.plan.partner)
    known = programs(session)
    program = ([p for p in known if p.effective_from <= as_of] or known[:1])[-1] if known else None
    figures = outcome(session, view.plan.partner, as_of) if known else None
    currency = _currency(found[0], figures)
    exchange = Exchange(world, currency, known)
    stands = Known(world, found[0].id, currency, as_of, program, figures, exchange)
    return Gathered(view, found[0], _document(session, view, found[0], stands, _vendor(session, known)))


def _currency(partner: Partner, figures: Outcome | None) -> str:
    return figures.currency if figures is not None else partner.currency


def _vendor(session: Session, known: tuple[Program, ...]) -> Party:
    name = next((p.vendor for p in reversed(known) if p.vendor), "") or book_settings(session).vendor or "Vendor"
    return Party("", name, name.split(" ")[0])


def status_since(plan: PlanRow) -> date:
    """The day on which a plan reached its status."""
    days = {
        "shared": plan.shared_on,
        "agreed": plan.agreed_on,
        "in progress": plan.started_on,
        "closed": plan.closed_on,
    }
    return days.get(plan.status) or plan.created


_WORDS = (
    "thesis partner_goals vendor_goals ideal_customer value_proposition competitors partner_owner partner_sponsor "
    "vendor_owner vendor_sponsor kickoff agreed_by title start end version status"
).split()


def _document(session: Session, view: PlanView, partner: Partner, known: Known, vendor: Party) -> rows.PlanDocument:
    plan = view.plan
    ground = own_ground(session, plan.partner, whitespace(session, plan.partner, known.as_of, plan.id))
    rows_of_ground = tuple(_ground(row) for row in ground.rows) if len(ground.columns) > 1 else ()
    gaps = enablement_gaps(session, partner.id, known.as_of, ahead=False)
    return rows.PlanDocument(
        partner=Party(partner.id, partner.document_name or partner.name),
        vendor=vendor,
        number=plan.number,
        status_since=status_since(plan),
        as_of=known.as_of,
        year=period_of(session, plan.start, plan.end),
        running=quarter_of(session, known.as_of).label,
        currency=known.currency,
        program=known.program.version if known.program else "",
        sample=bool(session.execute(select(book.c.sample)).scalar_one_or_none()),
        reviews=tuple(_review_days(session, view)),
        obstacles=() if plan.is_locked else view.obstacles,
        standing=standing_of(known, plan.wins, plan.friction, missing_of(gaps)),
        targets=tuple(_target(target, known.outcome) for target in view.targets),
        objectives=tuple(_objective(view, o) for o in view.objectives),
        accounts=tuple(_same(rows.Account, a) for a in view.accounts),
        products=tuple(column.name for column in ground.columns) if rows_of_ground else (),
        ground=rows_of_ground[:CUSTOMERS],
        ground_left=max(0, len(rows_of_ground) - CUSTOMERS),
        ground_currency=ground.currency,
        changes=tuple(_changes(session, plan.id, partner)),
        people=tuple(_same(governed.Person, p) for p in view.people),
        decisions=tuple(_same(governed.DecisionRight, d) for d in view.decisions),
        risks=tuple(_same(governed.Risk, r) for r in view.risks),
        ladder=tuple(_same(governed.Rung, r, vendor_name=r.vendor, partner_name=r.partner) for r in view.ladder),
        rhythm=tuple(_same(governed.Gathering, r, is_optional=r.optional) for r in view.rhythm),
        steps=tuple(_same(rows.Step, m) for m in view.motion),
        references=tuple(_same(rows.Reference, a) for a in view.attachments),
        promises=tuple(_same(rows.Promise, a) for a in view.actions if not a.internal),
        **{name: getattr(plan, name) for name in _WORDS},
    )


def _same(kind: type[_Row], row: Any, **more: Any) -> _Row:
    """A row of the document from a row of the book, by the names of its fields."""
    names = [f.name for f in fields(kind) if f.name not in more and hasattr(row, f.name)]  # type: ignore[arg-type]
    return kind(**{name: getattr(row, name) for name in names}, **more)


def _ground(row: WhitespaceRow) -> rows.Ground:
    """A customer's row as the screen and the pack show it."""
    cells = tuple(rows.Cell(c.state, c.value if c.state == GAP else None, c.next_step) for c in row.cells)
    return rows.Ground(row.name, cells, row.gap or None, row.renews)


def _changes(session: Session, plan: int, partner: Partner) -> Iterator[rows.Change]:
    """What the versions changed, days and numbers as the partner writes them."""
    formats = Formats(partner.language or "en_GB", english=True)

    def written(value: Decimal | int) -> str:
        exponent = Decimal(value).normalize().as_tuple().exponent
        return formats.number(value, max(0, -exponent) if isinstance(exponent, int) else 0)

    for found in plan_changes(session, plan):
        before, after = (text_of(v, day=formats.day, number=written) for v in (found.before, found.after))
        what = f"{found.what}, {found.field}" if found.field and found.block != "Plan" else found.what
        yield rows.Change(found.version, found.block, what, before, after)


def _objective(view: PlanView, row: ObjectiveRow) -> rows.Objective:
    return _same(rows.Objective, row, links=tuple(link.words for link in view.links if link.objective == row.id))


def _review_days(session: Session, view: PlanView) -> Iterator[date]:
    """The days that the plan sets for its reviews, else those of the partner's reviews inside its period, in order."""
    plan = view.plan
    planned = [review.day for review in view.reviews if review.day is not None]
    found = planned or [day for r in reviews(session, plan.partner) if (day := r.held_on or r.day)]
    yield from sorted({day for day in found if planned or plan.start <= day <= plan.end})


def _target(target: TargetRow, figures: Outcome | None) -> rows.Target:
    """A target; where the program measures it, its actuals are the engine's."""
    metrics: Mapping[tuple[str, str], Any] = figures.metrics if figures is not None else {}
    measured = target.source == "auto"

    def actual(label: str, kept: Any) -> Any:
        found = metrics.get((target.metric, label)) if measured else None
        return found.value if found is not None else kept

    return _same(
        rows.Target,
        target,
        is_measured=measured,
        quarters=tuple(rows.Quarter(q.quarter, q.value, actual(q.quarter, q.actual)) for q in target.quarters),
    )
