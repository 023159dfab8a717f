"""What needs somebody: renewals, tiers on the edge, scores that drift, late actions, reviews, statements to close."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Contract, Facts
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.period import Period
from partnerdesk.queries.exchange import Exchange
from partnerdesk.queries.figures import evaluation, programs
from partnerdesk.queries.funds.deadlines import due_benefits, fund_deadlines
from partnerdesk.queries.joint.actions import ActionRow
from partnerdesk.queries.joint.reviews import ReviewRow
from partnerdesk.queries.partners.portfolio import DRIFT, PartnerRow, Portfolio
from partnerdesk.queries.statements.archive import closed_statements
from partnerdesk.queries.statements.closing import run, statement_periods
from partnerdesk.queries.today.certificates import ending_certificates
from partnerdesk.queries.today.disputes import is_pressing, open_disputes
from partnerdesk.queries.today.escalated import due_escalations
from partnerdesk.queries.today.holds import old_holds
from partnerdesk.queries.today.vanished import gone_rows
from partnerdesk.queries.today.view import Need

SOON, NEAR_TIER, NEAR_REVIEW = timedelta(days=90), Decimal(5), timedelta(days=14)
OWNED_REST = 30  # days before its end from which an owned renewal shows as well
SHOWN_BLOCKED = 3
LOOKED_AT = 3  # periods of statements


def rank(need: Need) -> tuple[bool, bool, Decimal, date, str]:
    """What presses (an answer to a dispute, an escalation out of time, rows that are gone), then the highest value; the
    rest by its day."""
    is_first = is_pressing(need) or need.kind in ("escalation", "source")
    return (not is_first, need.value is None, -(need.value or ZERO), need.due or date.max, need.key)


def is_due(contract: Contract, first: date, last: date) -> bool:
    """Whether an open contract ends between two days, both included."""
    return contract.outcome == "open" and contract.end is not None and first <= contract.end <= last


def needs(
    session: Session,
    found: Portfolio,
    world: Facts,
    listed: Sequence[ActionRow],
    meetings: Sequence[ReviewRow],
    as_of: date,
) -> Iterator[Need]:
    """Everything that needs somebody, in no order."""
    names = {row.id: row.name for row in found.rows}
    yield from _renewals(session, world, names, found.currency, as_of)
    for row in found.rows:
        yield from _of_partner(row, found.quarter.end, as_of)
    yield from _late_actions(listed)
    yield from _statements(session, found, as_of)
    yield from _reviews(meetings, as_of)
    yield from fund_deadlines(session, world, found.currency, as_of)
    yield from due_benefits(session, as_of)
    yield from open_disputes(session, world, found.currency, as_of)
    yield from due_escalations(session, as_of)
    yield from old_holds(session, world, found.currency, as_of)
    yield from ending_certificates(session, as_of)
    yield from gone_rows(session, names)


def _renewals(session: Session, world: Facts, names: Mapping[str, str], currency: str, as_of: date) -> Iterator[Need]:
    customers = {c.id: c.name for c in world.of("customer")}
    exchange = Exchange(world, currency, programs(session))
    for contract in world.of("contract"):
        if contract.partner not in names or not is_due(contract, as_of, as_of + SOON):
            continue
        left = (contract.end - as_of).days
        notice = contract.end - timedelta(days=contract.notice_days) if contract.notice_days else None
        is_pressing = notice is not None and notice <= as_of + NEAR_REVIEW
        if contract.owner and left > OWNED_REST and not is_pressing:
            continue  # owned, and there is time
        yield Need(
            f"renewal|{contract.id}",
            "renewal",
            "renews",
            contract.partner,
            names[contract.partner],
            exchange.amount(contract.recurring, contract.currency, as_of),
            contract.end,
            "Open",
            ("deals", "", "renewals", f"#{contract.id}"),
            subject=customers.get(contract.customer or "", contract.customer or ""),
            count=left,
            day=notice if is_pressing else None,
            is_owned=bool(contract.owner),
        )


def _of_partner(row: PartnerRow, quarter_end: date, as_of: date) -> Iterator[Need]:
    def need(key: str, kind: str, event: str, due: date | None, verb: str, **more: object) -> Need:
        target = ("partner", row.id, "progress")
        return Need(f"{key}|{row.id}", kind, event, row.id, row.name, None, due, verb, target, **more)  # type: ignore[arg-type]

    if row.proposal:
        yield need("move", "tier", "proposed", None, "Decide", subject=row.proposal, about=row.tier, period=row.period)
    elif row.points_short is not None and ZERO < row.points_short <= NEAR_TIER:
        left = (quarter_end - as_of).days
        said = {"subject": row.next_tier or "", "figure": row.points_short, "count": left}
        yield need("near", "tier", "near", quarter_end, "Open", **said)
    if row.signal == "edge":
        yield need("edge", "tier", "edge", quarter_end, "Open", subject=row.tier, figure=row.floor_above)
    if row.signal == "drift":
        yield need("drift", "signal", "drift", None, "Open", figure=row.score, count=DRIFT)


def _late_actions(listed: Sequence[ActionRow]) -> Iterator[Need]:
    for action in listed:
        if action.days_late:
            yield Need(
                f"action|{action.id}",
                "action",
                "late",
                action.partner,
                action.partner_name,
                None,
                action.due,
                "Done",
                ("action", str(action.id), action.partner),
                subject=action.text,
                count=action.days_late,
            )


def _statements(session: Session, found: Portfolio, as_of: date) -> Iterator[Need]:
    """The first ended period that can be closed, and what blocks those that are looked at before it."""
    if not found.program:
        return
    for period in _open_periods(session, as_of):
        state = run(session, period.label, as_of)
        target = ("statements", period.label)
        if state.ready:
            yield Need(
                f"close|{period.label}",
                "statement",
                "ready",
                "",
                "",
                state.total,
                None,
                "Run",
                target,
                period=period.label,
                count=len(state.ready),
            )
            return
        for row in [r for r in state.rows if r.status == "blocked"][:SHOWN_BLOCKED]:
            yield Need(
                f"blocked|{period.label}|{row.partner}",
                "statement",
                "blocked",
                row.partner,
                row.name,
                row.closing,
                None,
                "Fix",
                target,
                period=period.label,
                subject=row.why,
            )


def _open_periods(session: Session, as_of: date) -> list[Period]:
    """The ended periods from the first one on that some partner has not closed, a few of them, and the newest."""
    closed: dict[str, date] = {}
    for row in closed_statements(session):
        closed[row.partner] = max(row.end, closed.get(row.partner, row.end))
    open_ = (
        statement.period.start
        for id, outcome in evaluation(session, as_of).partners.items()
        for statement in outcome.statements.values()
        if statement.period.start > closed.get(id, date.min)
    )
    first = min(open_, default=date.max)
    ended = [
        period for period in statement_periods(session, as_of)[::-1] if first <= period.start <= period.end <= as_of
    ]
    return list(dict.fromkeys([*ended[:LOOKED_AT], *ended[-1:]]))


def _reviews(meetings: Sequence[ReviewRow], as_of: date) -> Iterator[Need]:
    for review in meetings:
        if review.is_held or review.day is None or review.day > as_of + NEAR_REVIEW:
            continue
        yield Need(
            f"review|{review.id}",
            "review",
            "due" if review.day >= as_of else "late",
            review.partner,
            review.partner_name,
            None,
            review.day,
            "Open",
            ("reviews", str(review.id)),
            period=review.quarter,
            count=(as_of - review.day).days,
        )
