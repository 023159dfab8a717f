"""A plan from the template of a partner's kind: offers to write over, with the people the book knows already.

Templates are data (`resources/plans/templates.toml`); a kind without one of its own takes the reseller's.
"""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk import paths
from partnerdesk.ops.joint import plan_governance as governance
from partnerdesk.ops.joint import plan_parts as parts
from partnerdesk.ops.joint.plans import FALLBACK, add_plan, change_plan
from partnerdesk.queries.figures import programs
from partnerdesk.queries.partners.people import partner_card, people

USUAL = "reseller"
MOST_PEOPLE = 8


@lru_cache(maxsize=1)
def templates() -> Mapping[str, Any]:
    """The templates as data."""
    text = paths.resource("plans/templates.toml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = tomllib.loads(text, parse_float=Decimal)
    return found


def kinds() -> tuple[str, ...]:
    """The kinds of partners that have a template."""
    return tuple(templates()["kind"])


def plan_from_template(session: Session, partner: str, *, start: date, end: date, on: date, kind: str = "") -> int:
    """Starts a plan of a period from a template; returns its id. Owners of objectives are left to be named."""
    said = templates()
    name = kind if kind in said["kind"] else USUAL
    own = said["kind"][name]
    plan = add_plan(session, partner, start=start, end=end, on=on, with_template=False)
    card = partner_card(session, partner)
    owner = card.owner_name if card is not None else ""
    change_plan(session, plan, {}, thesis=own["thesis"], template=name, vendor_owner=owner)
    _targets(session, plan, own["target"], card.currency if card is not None else "EUR")
    for raw in own["objective"]:
        parts.add_objective(session, plan, **raw)
    for raw in own["risk"]:
        parts.add_risk(session, plan, **raw)
    _governance(session, plan, said, start)
    for person in people(session, partner)[:MOST_PEOPLE]:
        governance.add_stakeholder(session, plan, name=person.name, side="partner", role=person.role)
    return plan


def _targets(session: Session, plan: int, targets: list[dict[str, Any]], currency: str) -> None:
    versions = programs(session)
    known = versions[-1].metric if versions else {}
    for raw in targets:
        metric = next((name for name in raw["measures"] if name in known), "")
        unit = currency if raw["unit"] == "currency" else raw["unit"]
        source = "auto" if metric else "manual"
        parts.add_target(session, plan, label=raw["label"], metric=metric, unit=unit, source=source)


def _governance(session: Session, plan: int, said: Mapping[str, Any], start: date) -> None:
    for raw in said["decision"]:
        parts.add_decision(session, plan, fallback=FALLBACK, **raw)
    for raw in said["rhythm"]:
        governance.add_rhythm(session, plan, **raw)
    for _ in governance.STANDARD_LADDER:
        governance.add_level(session, plan)
    for raw in said["motion"]:
        week = start + timedelta(weeks=raw["week"])
        governance.add_motion(session, plan, text=raw["text"], week=week, side=raw["side"])
