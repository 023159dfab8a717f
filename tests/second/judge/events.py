"""The events of a rule in order of (day, id), of which its conditions leave those that count."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from partnerdesk.engine.rules import Count
from tests.second.judge.account import Account
from tests.second.judge.book import Case, mine
from tests.second.judge.days import ONE_DAY, Span, plus_months, spans_between
from tests.second.judge.filters import customer_of, passes
from tests.second.judge.line import EARNING, Event, Line, Rule
from tests.second.judge.own_years import OWN_YEARS, OWNERS_YEARS, own_year, year_of_owner
from tests.second.judge.policy import rank_of
from tests.second.judge.ruling import is_ruled_by
from tests.second.judge.streams import began, is_active, named, stream_of
from tests.second.judge.triggers import happens, trigger_of

# The lines of a partner's earning by its name, up to a day.
LinesOf = Callable[[Account, str, date], list[Line]]


def events_of(account: Account, rule: Rule, lines_of: LinesOf, through: date) -> list[Event]:
    """All events up to a day that count, in the program and under the rule's version."""
    earning = rule.earning
    if earning.on == "period end":
        return [event for event in _period_ends(account, rule) if event.day <= through]
    if earning.on == "tier reached":
        found = _tiers_reached(account, rule, through)
    elif earning.on == "earning":
        found = _lines(account, rule, lines_of, through)
    else:
        found = _facts(account, rule)
    counting = _counting(rule, [event for event in found if event.day <= through])
    return [e for e in counting if e.day >= account.first and is_ruled_by(account, rule, e)]


def _event(account: Account, rule: Rule, day: date, **more: Any) -> Event:
    """Judged in its statement's period, or in that period up to its day."""
    statement = account.statement(day)
    asked = Span(statement.unit, statement.start, day) if rule.earning.measured == "event" else statement
    return Event(day, asked, statement, **{"case": rule.case, **more})


def _period_ends(account: Account, rule: Rule) -> list[Event]:
    """The ends of periods, each the event's own period."""
    case, unit = rule.case, rule.earning.every or "quarter"
    first, last = max(account.first, account.begins(rule.version)), account.ends(rule.version)
    if first > last:
        return []
    spans = spans_between(first, last, unit, case.year)
    found = [Event(span.end, span, account.statement(span.end), case) for span in spans if span.end <= last]
    if any(f.days and f.days_of != "partner" for f in rule.earning.factor) and last < spans[-1].end <= account.as_of:
        # The days of a version that ended inside a period are paid at that period's end.
        found.append(Event(spans[-1].end, spans[-1], account.statement(spans[-1].end), case, ruled=last))
    return found


def _tiers_reached(account: Account, rule: Rule, through: date) -> list[Event]:
    """The days on which a higher tier than on the day before is in force; every partner begins at the lowest."""
    found, day, before = [], account.first, 0
    while day <= min(account.as_of, through):
        tier = account.tier_on(day)
        rank = rank_of(account.version_on(day), tier)
        if rank > before:
            found.append(_event(account, rule, day, tier=tier))
        day, before = day + ONE_DAY, rank
    return found


def _accounts(account: Account, rule: Rule) -> list[Account]:
    return below_at(account, rule.earning.level) if rule.earning.of == "sub-partners" else [account]


def below_at(account: Account, level: int) -> list[Account]:
    """The partners so many levels below one; none stands on two levels."""
    found, seen = [*account.below], {account.case.partner.id}
    for _ in range(level - 1):
        seen |= {one.case.partner.id for one in found}
        found = [below for one in found for below in one.below if below.case.partner.id not in seen]
    return found


def _in_order(found: Iterable[Event]) -> list[Event]:
    return sorted(found, key=lambda event: (event.day, event.id, event.case.partner.id))


def _facts(account: Account, rule: Rule) -> list[Event]:
    kind, name = trigger_of(rule.earning)
    return _in_order(
        _event(account, rule, getattr(row, name), kind=kind, fact=row, case=_seen_by(rule, other))
        for other in _accounts(account, rule)
        for row in mine(other.case, kind)
        if happens(rule.earning, row) and getattr(row, name) <= account.as_of
    )


def _seen_by(rule: Rule, other: Account) -> Case:
    """The case of the partner whose fact it is; a partner below has the facts, the rules are those of the one above."""
    return other.under(rule.version)


def _lines(account: Account, rule: Rule, lines_of: LinesOf, through: date) -> list[Event]:
    return _in_order(
        _event(account, rule, line.event, kind=EARNING, fact=line, case=_seen_by(rule, other))
        for other in _accounts(account, rule)
        for line in lines_of(other, rule.earning.earning, through)
    )


def _counting(rule: Rule, found: list[Event]) -> list[Event]:
    """Those that pass the filter, have an active customer, are early enough, the first, and in their place."""
    earning, seen, counts, kept = rule.earning, set(), {}, []
    for event in found:
        if event.kind and not passes(event.case, event.kind, event.fact, earning.where):
            continue
        if earning.while_active and not is_active(event.case, customer_of(event.case, event.fact), event.day):
            continue
        if earning.for_months is not None and event.day >= plus_months(began(rule, event), earning.for_months):
            continue
        if earning.once_per:
            owner = _owner(rule, event, earning.once_per)
            if owner in seen:
                continue
            seen.add(owner)
        if earning.count:
            owner, over = _owner(rule, event, earning.count.per), earning.count.over
            whose = rule.case if over in OWNERS_YEARS else event.case
            series = owner, period_named(whose, event.day, over, owner)
            counts[series] = counts.get(series, 0) + 1
            if not _is_in_place(earning.count, counts[series]):
                continue
        kept.append(event)
    return kept


def _is_in_place(count: Count, place: int) -> bool:
    return place >= count.first and (count.last is None or place <= count.last)


def _owner(rule: Rule, event: Event, per: str) -> Any:
    """What a series belongs to; an event without such a thing is a series of its own."""
    if per == "partner":
        return event.case.partner.id
    if per == "tier":
        return event.tier
    if per == "stream":
        return stream_of(event.case, rule.earning.stream, event.kind, event.fact)
    found = customer_of(event.case, event.fact) if per == "customer" else named(event.fact, event.kind, per)
    return found or (event.kind, event.id)


def period_named(case: Case, day: date, unit: str, owner: Any = None) -> Any:
    """What names the period of a unit that holds a day; one for all days where there is no unit or it is `ever`.

    Years of a contract or a customer are those of the owner.
    """
    if unit in ("", "ever"):
        return unit
    own = year_of_owner(case, unit, day, owner) if unit in OWNERS_YEARS else own_year(case, unit, day)
    return own or case.span(day, "year" if unit in (*OWN_YEARS, *OWNERS_YEARS) else unit)
