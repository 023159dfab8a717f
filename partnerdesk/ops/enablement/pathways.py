"""Pathways of trainings and certificates: steps in an order, each with what has to be held before it.

Certificates that people earned are facts and are entered or imported as such; a pathway only says what leads where.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models.enablement import STEP_KINDS, pathway, pathway_need, pathway_step
from partnerdesk.ops import edits, sentences


def add_pathway(session: Session, *, name: str, product: str = "", says: str = "") -> int:
    """A pathway without steps; returns its id. Raises Refused where one has that name."""
    name = edits.required(name, "A pathway needs a name.")
    _free(session, name, 0)
    return edits.add(session, pathway, name=name, product=product, says=says)


def change_pathway(session: Session, id: int, before: Any, /, **changes: Any) -> None:
    """Changes name, product or words of a pathway as its editor saw it."""
    row = edits.present(session, pathway, id, "pathway")
    if "name" in changes:
        _free(session, edits.required(changes["name"], "A pathway needs a name."), id)
    edits.change(session, pathway, row, "pathway", before, changes)


def remove_pathway(session: Session, id: int) -> None:
    """Removes a pathway with its steps; certificates and sessions stay."""
    edits.present(session, pathway, id, "pathway")
    steps = select(pathway_step.c.id).where(pathway_step.c.pathway == id)
    session.execute(delete(pathway_need).where(pathway_need.c.step.in_(steps)))
    session.execute(delete(pathway_step).where(pathway_step.c.pathway == id))
    edits.remove(session, pathway, id)


def add_step(
    session: Session,
    pathway_id: int,
    *,
    title: str,
    form: str = "certificate",
    level: str = "",
    months: int | None = None,
    needs: Iterable[int] | None = None,
) -> int:
    """A step at the end; it needs the step before it unless `needs` says otherwise. Returns its id."""
    edits.present(session, pathway, pathway_id, "pathway")
    title = edits.required(title, "A step needs the title that its certificate or training has.")
    _checked(form, months)
    last = select(pathway_step.c.id).where(pathway_step.c.pathway == pathway_id).order_by(pathway_step.c.position)
    earlier = list(session.scalars(last))
    id = edits.add_part(
        session, pathway_step, "pathway", pathway_id, title=title, form=form, level=level, months=months
    )
    set_needs(session, id, earlier[-1:] if needs is None else needs)
    return id


def change_step(session: Session, id: int, before: Any, /, **changes: Any) -> None:
    """Changes title, form, level or months of a step as its editor saw it."""
    row = edits.present(session, pathway_step, id, "step")
    if "title" in changes:
        edits.required(changes["title"], "A step needs the title that its certificate or training has.")
    _checked(changes.get("form", row["form"]), changes.get("months"))
    edits.change(session, pathway_step, row, "step", before, changes)


def set_needs(session: Session, id: int, needs: Iterable[int]) -> None:
    """What has to be held before a step: others of its pathway. Raises Refused where they would wait in a circle."""
    row, wanted = edits.present(session, pathway_step, id, "step"), tuple(dict.fromkeys(needs))
    for other in wanted:
        if edits.present(session, pathway_step, other, "step")["pathway"] != row["pathway"]:
            raise Refused("A step builds on steps of its own pathway.", "Name a step of this pathway.")
    session.execute(delete(pathway_need).where(pathway_need.c.step == id))
    for other in wanted:
        if id in _before(session, other):
            raise Refused("These steps would wait for each other.", "Choose an earlier step.")
        edits.add(session, pathway_need, step=id, needs=other)


def move_step(session: Session, id: int, position: int) -> None:
    """Puts a step at a place; 1 is the first. What it builds on stays."""
    edits.move(session, pathway_step, "pathway", id, position, "step")


def remove_step(session: Session, id: int) -> None:
    """Removes a step; what waited for it waits for what it waited for."""
    edits.present(session, pathway_step, id, "step")
    own = tuple(session.scalars(select(pathway_need.c.needs).where(pathway_need.c.step == id)))
    for other in tuple(session.scalars(select(pathway_need.c.step).where(pathway_need.c.needs == id))):
        kept = session.scalars(select(pathway_need.c.needs).where(pathway_need.c.step == other)).all()
        set_needs(session, other, [*(k for k in kept if k != id), *own])
    session.execute(delete(pathway_need).where(pathway_need.c.step == id))
    edits.remove(session, pathway_step, id)


def _before(session: Session, id: int) -> set[int]:
    """A step and everything that it waits for."""
    found, ahead = set[int](), [id]
    while ahead:
        step = ahead.pop()
        if step not in found:
            found.add(step)
            ahead += session.scalars(select(pathway_need.c.needs).where(pathway_need.c.step == step))
    return found


def _free(session: Session, name: str, own: int) -> None:
    same = func.lower(pathway.c.name) == name.lower()
    if session.scalar(select(pathway.c.id).where(same, pathway.c.id != own)) is not None:
        raise Refused(f"There is a pathway “{name}” already.", "Choose another name.")


def _checked(form: str, months: int | None) -> None:
    if form not in STEP_KINDS:
        raise Refused(f"“{form}” is no kind of step.", f"Choose {sentences.listed(STEP_KINDS)}.")
    if months is not None and months < 1:
        raise Refused("A certificate holds at least one month.", "Leave the months empty where it holds for ever.")
