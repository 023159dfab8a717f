"""Amounts that are kept back, and how holdbacks end; what vesting shares wait for is told in `vesting`."""

from dataclasses import dataclass, field
from datetime import date
from typing import Generic

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Holdback
from partnerdesk.engine.terms.asking import need_words
from partnerdesk.engine.terms.versions import LimitTerms
from partnerdesk.engine.tiers.eligibility import Resolution
from partnerdesk.engine.tiers.needs import Holds, ready


@dataclass(slots=True)
class Hold(Generic[N]):
    """An amount kept back: since when, until when if that is known, and what has moved out of it."""

    id: str
    line: str  # empty for a holdback on a period's sum
    kind: str  # vesting, holdback or eligibility
    amount: N
    start: date
    due: date | None
    condition: str
    moves: list[tuple[date, N]] = field(default_factory=list)


def remaining(reckoning: Reckoning[N], hold: Hold[N]) -> N:
    """What is still in a hold after all its moves."""
    left = hold.amount
    for _, moved in hold.moves:
        left = reckoning.arithmetic.difference(left, moved, reckoning.currency, "still held")
    return left


def released(reckoning: Reckoning[N], holdback: LimitTerms, day: date) -> Resolution:
    """How a holdback of that day ends: at the end of a later period, if its condition then holds."""
    due, open_, lost, holds = ending(reckoning, holdback, day)
    return open_ if holds is None or due.end > reckoning.as_of or holds(reckoning, due) else lost


def ending(
    reckoning: Reckoning[N], holdback: LimitTerms, day: date
) -> tuple[Period, Resolution, Resolution, Holds | None]:
    """When holdbacks of a day end, and how: as their condition holds, and as it does not. Kept for all partners."""
    rule = holdback.rule
    start = reckoning.calendar.by_day[rule.release_unit][day]
    found: tuple[Period, Resolution, Resolution, Holds | None] | None = holdback.ends.get(start.label)
    if found is not None:
        return found
    due = reckoning.calendar.after(start, rule.release_after)
    words = release_words(rule, due)
    met_ = unmet = Resolution(due.end, "release", due.end, words)
    if rule.when is not None and rule.otherwise == "forfeit":
        why = f"{need_words(holdback.version.program, rule.when, fails=True)} in {due}"
        unmet = Resolution(due.end, "forfeiture", due.end, words, why)
    holds = ready(holdback.version, rule.when) if rule.when is not None else None
    holdback.ends[start.label] = due, met_, unmet, holds
    return due, met_, unmet, holds


def release_words(rule: Holdback, due: Period) -> str:
    """When a holdback is released, in words."""
    condition = f", if {rule.when.says}" if rule.when is not None and rule.when.says else ""
    return f"end of {due}{condition}"
