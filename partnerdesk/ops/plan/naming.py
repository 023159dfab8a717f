"""Whom the texts of a plan name: somebody else's name is a gap of its page before any document is refused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.ops.gate.strangers import Strangers, naming, texts_in
from partnerdesk.queries.joint.plan_pages import plan_page
from partnerdesk.queries.joint.plans import Gap, PlanView

SHOWN = 60  # characters of a text that a gap repeats
_HEAD = ("title", "thesis", "partner_goals", "vendor_goals", "ideal_customer", "value_proposition", "competitors")
_PEOPLE = ("wins", "friction", "partner_owner", "partner_sponsor", "vendor_owner", "vendor_sponsor")


def checked_plan_page(session: Session, partner: str, as_of: date, chosen: int | None = None) -> PlanView | None:
    """The page of a partner's plan with everything that stands against agreeing it."""
    view = plan_page(session, partner, as_of, chosen)
    return view if view is None or view.plan.is_locked else with_strangers(session, view)


def with_strangers(session: Session, view: PlanView) -> PlanView:
    """The same plan with the texts that name somebody else among its gaps, each text once."""
    strangers, found = Strangers(session, view.plan.partner), dict[str, Gap]()
    for block, id, text in _written(view):
        if text not in found and (named := strangers.named_in(text)):
            said = " ".join(text.split())
            said = said if len(said) <= SHOWN else f"{said[: SHOWN - 1].rstrip()}…"
            found[text] = Gap(f"“{said}” {naming(named)}.", block, id)
    return replace(view, strangers=tuple(found.values()))


def _written(view: PlanView) -> Iterator[tuple[str, int, str]]:
    """What somebody wrote into what the partner receives: the block, the row in it, the text."""
    yield from (("thesis", 0, getattr(view.plan, name)) for name in (*_HEAD, *_PEOPLE))
    rows: tuple[tuple[str, tuple[Any, ...]], ...] = (
        ("objectives", view.objectives),
        ("targets", view.targets),
        ("decisions", view.decisions),
        ("risks", view.risks),
        ("people", view.people),
        ("accounts", view.accounts),
        ("rhythm", view.rhythm),
        ("motion", view.motion),
        ("actions", tuple(row for row in view.actions if not row.internal)),
    )
    for block, found in rows:
        yield from ((block, row.id, text) for row in found for text in texts_in(row) if text)
    yield from (("whitespace", 0, text) for cell in view.cells for text in texts_in(cell) if text)
