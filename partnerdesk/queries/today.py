"""Who needs me: what is due or out of line, ranked by the value at stake, with four figures of the whole book.

The view is kept in the book's cache for its revision and day, so that the first screen is there at once.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from partnerdesk import __version__
from partnerdesk.engine.evaluate import kinds_used
from partnerdesk.engine.facts import Contract, Facts
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.period import add_months, period_at
from partnerdesk.engine.record import canonical
from partnerdesk.engine.restore import restore
from partnerdesk.engine.world import EMPTY, Index
from partnerdesk.models.book import cache, op, setting
from partnerdesk.queries.actions import ActionRow, Kept, actions, kept
from partnerdesk.queries.closing import run, statement_periods
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation, programs
from partnerdesk.queries.portfolio import PartnerRow, Portfolio, earned_between, portfolio
from partnerdesk.queries.reviews import reviews

SNOOZED = "today.snoozed"  # setting: key of a need -> the day on which it comes back
SOON, NEAR_TIER, NEAR_REVIEW = timedelta(days=90), Decimal(5), timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure of the whole book: `unit` is a currency or %; `change` compares with `against`."""

    key: str
    label: str
    value: Decimal | None
    unit: str
    change: Decimal | None
    change_unit: str  # share, points, amount
    against: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that needs somebody. `target` is what opens: a page, a partner's tab, an action, a period."""

    key: str
    kind: str  # renewal, tier, signal, statement, action, review
    title: str
    partner: str
    partner_name: str
    value: Decimal | None
    due: date | None
    verb: str
    target: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """Something dated in the next days."""

    day: date
    time: str
    title: str
    note: str
    target: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Today:
    as_of: date
    program: str
    version: str
    currency: str
    partners: int
    tiles: tuple[Tile, ...]
    needs: tuple[Need, ...]
    days: tuple[Day, ...]
    ours: Kept
    theirs: Kept
    later: str
    snoozed: int = 0


def today(session: Session, as_of: date) -> Today:
    """The whole view, computed."""
    found = portfolio(session, as_of)
    versions = programs(session)
    world = facts(session, kinds=kinds_used(versions) | {"case"}) if versions else facts(session, kinds=("partner",))
    listed = actions(session, as_of)
    hidden = _snoozed(session, as_of)
    every = sorted(_needs(session, found, world, listed, as_of), key=_rank)
    needs = [need for need in every if need.key not in hidden]
    return Today(
        as_of=as_of,
        program=found.program,
        version=found.version,
        currency=found.currency,
        partners=len(found.rows),
        tiles=tuple(_tiles(session, world, found, as_of)) if versions else (),
        needs=tuple(needs),
        days=tuple(sorted(_days(session, listed, as_of), key=lambda d: (d.day, d.time))),
        ours=kept(listed, "vendor"),
        theirs=kept(listed, "partner"),
        later=_later(world, as_of),
        snoozed=len(every) - len(needs),
    )


def _snoozed(session: Session, as_of: date) -> set[str]:
    text = session.execute(select(setting.c.value).where(setting.c.key == SNOOZED)).scalar()
    return {key for key, day in json.loads(text or "{}").items() if day > as_of.isoformat()}


def kept_today(session: Session, as_of: date) -> Today | None:
    """The view from the cache, if nothing was written since it was computed; else None."""
    row = session.execute(select(cache.c.value, cache.c.revision).where(cache.c.key == _key(as_of))).one_or_none()
    if row is None or row.revision != _revision(session):
        return None
    view: Today = restore(Today, json.loads(row.value))
    return view


def keep_today(session: Session, view: Today) -> None:
    """Puts the view into the cache of derived data; not a change of the book."""
    session.execute(delete(cache).where(cache.c.key.like("today|%")))
    session.execute(insert(cache).values(key=_key(view.as_of), revision=_revision(session), value=canonical(view)))


def _key(as_of: date) -> str:
    return f"today|{__version__}|{as_of.isoformat()}"


def _revision(session: Session) -> int:
    return int(session.execute(select(func.coalesce(func.max(op.c.id), 0))).scalar_one())


def _rank(need: Need) -> tuple[int, Decimal, date]:
    """Highest value first; what has no value follows by its day."""
    return (need.value is None, -(need.value or ZERO), need.due or date.max)


# What needs somebody


def _needs(
    session: Session, found: Portfolio, world: Facts, listed: tuple[ActionRow, ...], as_of: date
) -> Iterator[Need]:
    names = {row.id: row.name for row in found.rows}
    yield from _renewals(world, names, found, as_of)
    for row in found.rows:
        yield from _of_partner(row, as_of)
    for action in listed:
        if action.days_late:
            late = f"{action.days_late} day{'s' if action.days_late > 1 else ''} late"
            yield Need(
                f"action|{action.id}", "action", f"{action.text}, {late}", action.partner, action.partner_name, None,
                action.due, "Done", ("action", str(action.id), action.partner),
            )  # fmt: skip
    yield from _statements(session, found, as_of)
    for review in reviews(session):
        if not review.is_held and review.day is not None and review.day <= as_of + NEAR_REVIEW:
            title = f"Review of {review.quarter} is {'due' if review.day >= as_of else 'late'}"
            yield Need(
                f"review|{review.id}", "review", title, review.partner, review.partner_name, None, review.day,
                "Open", ("reviews", str(review.id)),
            )  # fmt: skip


def _renewals(world: Facts, names: Mapping[str, str], found: Portfolio, as_of: date) -> Iterator[Need]:
    customers = {c.id: c.name for c in world.of("customer")}
    exchange = _Exchange(world, found.currency)
    for contract in world.of("contract"):
        if not _is_due(contract, as_of, as_of + SOON) or contract.partner not in names:
            continue
        days = (contract.end - as_of).days
        notice = contract.end - timedelta(days=contract.notice_days) if contract.notice_days else None
        if contract.owner and days > 30 and (notice is None or notice > as_of + NEAR_REVIEW):
            continue  # owned, and there is time
        customer = customers.get(contract.customer or "", contract.customer or "A customer")
        title = f"{customer} renews in {days} days" + (", nobody owns it" if not contract.owner else "")
        if notice is not None and notice < as_of:
            title += ", the notice date has passed"
        elif notice is not None and notice <= as_of + NEAR_REVIEW:
            title += f", notice by {notice.day} {notice:%b}"
        value = exchange.amount(contract.recurring, contract.currency, as_of)
        partner = contract.partner
        yield Need(
            f"renewal|{contract.id}", "renewal", title, partner, names[partner], value, contract.end,
            "Open", ("partner", partner, "overview"),
        )  # fmt: skip


def _is_due(contract: Contract, first: date, last: date) -> bool:
    return contract.outcome == "open" and contract.end is not None and first <= contract.end <= last


def _of_partner(row: PartnerRow, as_of: date) -> Iterator[Need]:
    target = ("partner", row.id, "progress")
    quarter_end = period_at(as_of, "quarter").end
    left = (quarter_end - as_of).days
    if row.proposal:
        title = f"The figures of {row.period} propose {row.proposal}, now {row.tier}"
        yield Need(f"move|{row.id}", "tier", title, row.id, row.name, None, None, "Decide", target)
    elif row.points_short is not None and ZERO < row.points_short <= NEAR_TIER:
        title = f"{row.points_short:.1f} points short of {row.next_tier}, quarter ends in {left} days"
        yield Need(f"near|{row.id}", "tier", title, row.id, row.name, None, quarter_end, "Open", target)
    if row.signal == "edge":
        title = f"{row.floor_above:.1f} points above the {row.tier} floor"
        yield Need(f"edge|{row.id}", "tier", title, row.id, row.name, None, quarter_end, "Open", target)
    if row.signal == "drift":
        title = f"The score fell four quarters running, to {row.score}"
        yield Need(f"drift|{row.id}", "signal", title, row.id, row.name, None, None, "Why", target)


def _statements(session: Session, found: Portfolio, as_of: date) -> Iterator[Need]:
    """The oldest ended period that is not closed, and what blocks it."""
    if not found.program:
        return
    for period in reversed(statement_periods(session, as_of)[:3]):
        if period.end > as_of:
            continue
        state = run(session, period.label, as_of)
        blocked = [r for r in state.rows if r.status == "blocked"]
        target = ("statements", period.label)
        if state.ready:
            title = f"{period.label} is ready to close for {len(state.ready)} partners"
            yield Need(f"close|{period.label}", "statement", title, "", "", state.total, None, "Run", target)
            return
        for row in blocked[:3]:
            title = f"{period.label} cannot close: {row.why}"
            key = f"blocked|{period.label}|{row.partner}"
            yield Need(key, "statement", title, row.partner, row.name, row.closing, None, "Fix", target)


# The next days


def _days(session: Session, listed: tuple[ActionRow, ...], as_of: date) -> Iterator[Day]:
    last = as_of + timedelta(days=7)
    for review in reviews(session):
        if not review.is_held and review.day is not None and as_of <= review.day <= last:
            title = f"QBR {review.quarter}, {review.partner_name}"
            note = review.place or ("pack sent" if review.status == "sent" else "pack is a draft")
            yield Day(review.day, review.time, title, note, ("reviews", str(review.id)))
    for action in listed:
        if action.is_open and action.due is not None and as_of <= action.due <= last:
            yield Day(action.due, "", action.text, action.partner_name, ("action", str(action.id), action.partner))


def _later(world: Facts, as_of: date) -> str:
    """What enters the ninety days next week."""
    first, last = as_of + SOON + timedelta(days=1), as_of + SOON + timedelta(days=7)
    count = sum(_is_due(c, first, last) for c in world.of("contract"))
    if not count:
        return "No further renewal enters the next 90 days this week."
    return f"{count} renewal{'s' if count > 1 else ''} enter{'' if count > 1 else 's'} the next 90 days within a week."


# Figures of the whole book


class _Exchange:
    """Amounts of facts in the program's currency, by the program's exchange table."""

    def __init__(self, world: Facts, currency: str, table: str = "program") -> None:
        self.index, self.currency, self.table = Index(world), currency, table

    def amount(self, amount: Decimal | None, currency: str, day: date) -> Decimal | None:
        if amount is None:
            return None
        if currency == self.currency:
            return amount
        for base, quote in ((currency, self.currency), (self.currency, currency)):
            rows = self.index.rates.get((self.table, base, quote), EMPTY).between(None, day)
            if rows:
                rate: Decimal = rows[-1].rate
                return amount * rate if base == currency else amount / rate
        return None


def _tiles(session: Session, world: Facts, found: Portfolio, as_of: date) -> Iterator[Tile]:
    quarter = period_at(as_of, "quarter")
    before, before_to = add_months(quarter.start, -12), add_months(as_of, -12)
    exchange = _Exchange(world, found.currency)
    now, then = (_won(world, exchange, *span) for span in ((quarter.start, as_of), (before, before_to)))
    growth = (now - then) / then if then else None
    yield Tile("revenue", "Joint revenue, quarter to date", now, found.currency, growth, "share", "on last year")
    rate, last_rate = _renewed(world, exchange, as_of), _renewed(world, exchange, quarter.start - timedelta(days=1))
    change = rate - last_rate if rate is not None and last_rate is not None else None
    yield Tile("renewal", "Renewal rate, 12 months", rate, "%", change, "points", "since last quarter")
    outcomes = evaluation(session, as_of).partners.values()
    earned = sum((earned_between(o, quarter.start, as_of) for o in outcomes), ZERO)
    earlier = sum((earned_between(o, before, before_to) for o in outcomes), ZERO)
    yield Tile("earned", "Earned by partners, QTD", earned, found.currency, earned - earlier, "amount", "on last year")
    due = [c for c in world.of("contract") if _is_due(c, as_of, as_of + SOON)]
    value = sum((exchange.amount(c.recurring, c.currency, as_of) or ZERO for c in due), ZERO)
    unowned = sum(1 for c in due if not c.owner)
    note = f"{len(due)} contracts" + (f", {unowned} without an owner" if unowned else "")
    yield Tile("due", "Renewals due, 90 days", value, found.currency, None, "", "", note)


def _won(world: Facts, exchange: _Exchange, first: date, last: date) -> Decimal:
    """The amounts of deals of partners that were won between two days."""
    won = (
        d
        for d in world.of("deal")
        if d.partner and d.status == "won" and d.closed is not None and first <= d.closed <= last
    )
    return sum((exchange.amount(d.amount, d.currency, d.closed) or ZERO for d in won), ZERO)


def _renewed(world: Facts, exchange: _Exchange, as_of: date) -> Decimal | None:
    """Gross renewal rate of the whole book over twelve months: renewed, at most what was due, by what was due."""
    first = add_months(as_of + timedelta(days=1), -12)
    due = kept_ = ZERO
    for c in world.of("contract"):
        if c.outcome == "open" or c.end is None or not first <= c.end <= as_of:
            continue
        base = exchange.amount(c.recurring, c.currency, c.end)
        if base is None:
            continue
        after = exchange.amount(c.outcome_amount, c.currency, c.end)
        due += base
        kept_ += ZERO if c.outcome == "churned" else min(base, base if after is None else after)
    return kept_ / due if due else None
