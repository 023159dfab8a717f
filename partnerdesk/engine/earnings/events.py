"""The events of one rule for one partner, in order of (day, id)."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from partnerdesk.engine.earnings.governing import governs, has_no_rule
from partnerdesk.engine.earnings.sieve import Sieve
from partnerdesk.engine.figures.figure import Excluded, N
from partnerdesk.engine.period import up_to
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.terms.earnings import EarningTerms, Event
from partnerdesk.engine.terms.triggers import LINES, PERIOD_END, TIER_REACHED, Trigger
from partnerdesk.engine.tiers.held import tier_days
from partnerdesk.engine.tiers.tiers import tier_on
from partnerdesk.engine.world.where_words import failing

if TYPE_CHECKING:
    from partnerdesk.engine.world.world import World

# A dated row of the partner's own (no world) or of a partner below it.
Dated = tuple[date, Any, "World | None"]


def events(
    reckoning: Reckoning[N], terms: EarningTerms, days: tuple[date, date], is_shared: bool, left_out: list[Excluded]
) -> Iterable[Event]:
    """The events of a rule on its days; what its conditions refuse goes to `left_out`.

    Where versions share those days (`is_shared`), each takes the events that it governs. A rule on another earning's
    own lines has none here: they come as those lines are made.
    """
    first, last = days
    if terms.rule.on == PERIOD_END:
        return terms.period_ends(first, min(last, terms.version.last))
    if terms.trigger and not (terms.is_below or terms.is_sifted or is_shared):
        return _of_facts(reckoning, terms, terms.trigger, days, left_out)
    start = None if terms.needs_past else first
    if terms.trigger:
        dated = _dated(reckoning, terms, terms.trigger, start, last)
        found: Iterable[Event] = (_event(reckoning, terms, *row) for row in dated)
    elif terms.rule.on == TIER_REACHED:
        found = _tiers_entered(reckoning, terms, first, min(last, terms.version.last))
    else:
        below = _lines_below(reckoning, terms, start, last) if terms.is_below else []
        found = (_event(reckoning, terms, *row) for row in below)
    return _sifted(reckoning, terms, found, (first, is_shared), left_out)


def _of_facts(
    reckoning: Reckoning[N],
    terms: EarningTerms,
    trigger: Trigger,
    days: tuple[date, date],
    left_out: list[Excluded],
) -> Iterator[Event]:
    """Own facts that are judged each by itself."""
    world, rule = reckoning.world, terms.rule
    for day, row in world.summed(trigger.kind, trigger.day).dated(*days):
        if terms.happens is not None and not terms.happens(row, world):
            continue
        if terms.passes is not None and not terms.passes(row, world):
            reason = failing(terms.kind, rule.where, row, world)
            left_out.append(Excluded(row, reason, rule.reference, day=day))
        else:
            yield _event(reckoning, terms, day, row, None)


def _sifted(
    reckoning: Reckoning[N],
    terms: EarningTerms,
    found: Iterable[Event],
    own: tuple[date, bool],
    left_out: list[Excluded],
) -> Iterator[Event]:
    """The events that pass the rule's conditions; earlier ones are looked at as well where the order counts."""
    sieve, (first, is_shared) = Sieve(reckoning, terms), own
    for event in found:
        if event.pause:
            yield event
            continue
        reason = sieve.refuses(event)
        if event.day < first:
            continue
        if is_shared and not governs(reckoning, terms, event):
            if not has_no_rule(reckoning, terms, event):
                continue
            reason = "the program had no such rule when its stream began"
        if not reason:
            yield event
        elif event.fact is not None and terms.kind != LINES:
            left_out.append(Excluded(event.fact, reason, terms.rule.reference, day=event.day))


def _event(reckoning: Reckoning[N], terms: EarningTerms, day: date, row: Any, world: "World | None") -> Event:
    """A fact as an event, judged in its statement's period, or in that period up to its own day."""
    period = reckoning.calendar.at(day, reckoning.terms.statements)
    return Event(day, up_to(period, day) if terms.is_measured_at_event else period, period, row, world)


def line_event(reckoning: Reckoning[N], terms: EarningTerms, line: Any) -> Event:
    """A line of an own earning as an event of the rule that pays on it."""
    return _event(reckoning, terms, line.event, line, None)


def _dated(
    reckoning: Reckoning[N], terms: EarningTerms, trigger: Trigger, first: date | None, last: date
) -> list[Dated]:
    """The facts that are the rule's events, the partner's own or those of the partners below it."""
    found: list[Dated] = []
    for below in reckoning.below_at(terms.level) if terms.is_below else (None,):
        world = below or reckoning.world
        for day, row in world.series(trigger.kind, trigger.day).dated(first, last):
            if terms.happens is None or terms.happens(row, world):
                found.append((day, row, below))
    if terms.is_below:
        found.sort(key=_place)
    return found


def _lines_below(reckoning: Reckoning[N], terms: EarningTerms, first: date | None, last: date) -> list[Dated]:
    """The lines of an earning of the partners below, after their caps."""
    wanted = f"earning.{terms.rule.earning}"
    found: list[Dated] = [
        (line.event, line, below)
        for below in reckoning.below_at(terms.level)
        for line in reckoning.lines_below(below.partner.id)
        if line.rule.key == wanted and line.event <= last and (first is None or line.event >= first)
    ]
    return sorted(found, key=_place)


def _place(dated: Dated) -> tuple[date, str, str]:
    day, row, world = dated
    return day, row.id, world.partner.id if world else ""


def _tiers_entered(reckoning: Reckoning[N], terms: EarningTerms, first: date, last: date) -> Iterator[Event]:
    """The days on which a higher tier than the one before is in force; every partner begins at the lowest.

    Where tiers may rest on lines, each day is announced by a pause before its tier is asked for.
    """
    start = reckoning.first if terms.needs_past else first
    before = None if start > reckoning.first else 0
    for day in tier_days(reckoning, start, last):
        period = reckoning.calendar.at(day, reckoning.terms.statements)
        if reckoning.terms.is_fed_back:
            yield Event(day, period, period, pause=True)
        if before is None:
            before = tier_rank(reckoning, start - timedelta(days=1))[0]
        rank, tier = tier_rank(reckoning, day)
        if rank > before:
            at = up_to(period, day) if terms.is_measured_at_event else period
            yield Event(day, at, period, tier=tier)
        before = rank


def tier_rank(reckoning: Reckoning[N], day: date) -> tuple[int, str]:
    """The place of the tier of a day among those of its version, 0 for the lowest, and its name."""
    tier = tier_on(reckoning, day)
    names = [t.name for t in reckoning.terms.at(day).program.tier]
    return (names.index(tier) if tier in names else 0), tier
