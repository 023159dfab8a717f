"""What an agreed version of a plan says otherwise than the version before it, block by block.

A row of a version names the row it goes on (`follows`), so a row whose every word changed is still the same promise.
What reports how a plan goes (an actual, a status) is no change of what was agreed; what is our own judgement of people
is not told at all.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.queries.joint.plan_content import PlanRow, TargetRow
from partnerdesk.queries.joint.plans import PlanView, plan_row, plan_view, plans
from partnerdesk.queries.joint.review_periods import spoken


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that differs: `what` is the row's own name; an empty `before` was not there, an empty `after` is gone.

    `field` is empty where a whole row came or went.
    """

    version: int
    block: str
    what: str
    field: str
    before: Any
    after: Any


WORDS = MappingProxyType(
    {
        "title": "title",
        "start": "start",
        "end": "end",
        "thesis": "thesis",
        "partner_goals": "the partner's goals",
        "vendor_goals": "our goals",
        "ideal_customer": "ideal customer",
        "value_proposition": "joint value proposition",
        "competitors": "competitors",
        "partner_owner": "partner owner",
        "partner_sponsor": "partner sponsor",
        "vendor_owner": "vendor owner",
        "vendor_sponsor": "vendor sponsor",
        "kickoff": "kick-off",
    }
)
# block -> its name, the field that names a row, and the fields that are compared
BLOCKS: Mapping[str, tuple[str, str, tuple[str, ...]]] = MappingProxyType(
    {
        "targets": ("Targets", "label", ("label", "metric", "unit", "source", "baseline", "weight", "confidence")),
        "objectives": (
            "Objectives",
            "title",
            (
                *("title", "why", "metric", "unit", "target", "due", "funding"),
                *("vendor_commitment", "vendor_owner", "partner_commitment", "partner_owner"),
            ),
        ),
        "accounts": (
            "Key accounts",
            "name",
            ("name", "vendor_part", "vendor_owner", "partner_part", "partner_owner", "cadence"),
        ),
        "decisions": (
            "Decision rights",
            "decision",
            ("decision", "accountable", "responsible", "consulted", "informed", "limit_days", "fallback"),
        ),
        "risks": ("Risks", "text", ("text", "likelihood", "impact", "trigger", "mitigation", "owner")),
        "ladder": ("Ladder", "who", ("who", "vendor", "partner", "days")),
        "rhythm": ("Rhythm", "meeting", ("meeting", "cadence", "minutes", "who", "covers", "optional")),
        "motion": ("90 days", "text", ("week", "text", "side", "owner")),
    }
)


def plan_changes(session: Session, plan: int) -> tuple[Changed, ...]:
    """What each version up to this one changed against the one before it, the newest version first."""
    row = plan_row(session, plan)
    if row is None:
        return ()
    versions = [
        p for p in plans(session, row.partner, latest=False) if p.start == row.start and p.version <= row.version
    ]
    views = [view for p in versions if (view := plan_view(session, p.id, p.created)) is not None]
    found: list[Changed] = []
    for after, before in pairwise(views):
        found += compared(before, after)
    return tuple(found)


def compared(before: PlanView, after: PlanView) -> tuple[Changed, ...]:
    """What a version says otherwise than another."""
    return tuple(_compared(before, after))


def _compared(before: PlanView, after: PlanView) -> Iterator[Changed]:
    version = after.plan.version
    yield from _head(before.plan, after.plan)
    for block, (name, named, compare) in BLOCKS.items():
        was = {row.id: row for row in getattr(before, block)}
        for row in getattr(after, block):
            old = was.pop(row.follows, None)
            what = str(getattr(row, named))
            if old is None:
                yield Changed(version, name, what, "", "", what)
                continue
            for field, old_value, value in _differences(old, row, compare):
                yield Changed(version, name, what, field, old_value, value)
        for old in was.values():
            yield Changed(version, name, str(getattr(old, named)), "", str(getattr(old, named)), "")


def _head(before: PlanRow, after: PlanRow) -> Iterator[Changed]:
    for field in (f.name for f in fields(PlanRow) if f.name in WORDS):
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            yield Changed(after.version, "Plan", WORDS[field].capitalize(), field, old, new)


def _differences(old: Any, new: Any, compare: Sequence[str]) -> Iterator[tuple[str, Any, Any]]:
    for field in compare:
        if getattr(old, field) != getattr(new, field):
            yield field.replace("_", " "), getattr(old, field), getattr(new, field)
    if isinstance(old, TargetRow):
        was = {q.quarter: q.value for q in old.quarters if q.value is not None}
        now = {q.quarter: q.value for q in new.quarters if q.value is not None}
        for quarter in sorted(was.keys() | now.keys()):
            if was.get(quarter) != now.get(quarter):
                name, said = (f"{spoken(quarter)}, %", _percent) if new.unit == "%" else (spoken(quarter), _same)
                yield name, said(was.get(quarter)), said(now.get(quarter))


def _same(value: Decimal | None) -> Decimal | None:
    return value


def _percent(value: Decimal | None) -> Decimal | None:
    """A share as people say it: 0.92 is 92."""
    return Decimal(f"{(value * 100).normalize():f}") if value is not None else None


def text_of(value: Any, *, day: Any = str, number: Any = str) -> str:
    """A compared value in words; `day` and `number` write days and figures."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return str(day(value))
    return str(number(value)) if isinstance(value, int | Decimal) else str(value)
