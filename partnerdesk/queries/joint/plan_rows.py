"""The rows of a plan's blocks as screens and documents read them: people, accounts, whitespace, governance, 90 days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, Table, func, select
from sqlalchemy.orm import Session

from partnerdesk.engine.folding import folded
from partnerdesk.engine.money import major
from partnerdesk.models import plan_blocks as tables
from partnerdesk.models.facts import TABLES
from partnerdesk.models.plans import objective
from partnerdesk.models.reviews import note
from partnerdesk.queries.shape import rows, shaped


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A row of a plan; `follows` is the row of the version before that it goes on."""

    id: int
    plan: int
    position: int
    follows: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReviewRow(Part):
    """The day that the plan sets for the review of a quarter."""

    quarter: str
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StakeholderRow(Part):
    """Somebody who counts. `noted` is the day of the last note that names them."""

    name: str
    side: str
    role: str
    influence: str
    relationship: str
    stance: str
    last_contact: date | None
    backup: str
    noted: date | None = None

    @property
    def last(self) -> date | None:
        """The last contact that anybody wrote down, here or in a note."""
        return max((day for day in (self.last_contact, self.noted) if day), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow(Part):
    """A customer that both sides look after; each side has its part and its owner."""

    name: str
    customer: str
    vendor_part: str
    vendor_owner: str
    partner_part: str
    partner_owner: str
    cadence: str
    note: str

    @property
    def lacks(self) -> tuple[tuple[str, str], ...]:
        """The sides without an owner, each with its column: joint governance needs one on both."""
        sides = (("vendor", self.vendor_owner, "ours"), ("partner", self.partner_owner, "theirs"))
        return tuple((f"Key account “{self.name}” has no {side} owner.", at) for side, owner, at in sides if not owner)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRow(Part):
    """What a person said about a customer and a product; `value` is an amount in `currency`."""

    customer: str
    product: str
    axis: str
    eligible: bool
    value: Decimal | None
    currency: str
    fit: str
    next_step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """What an objective works on: a deal, or a customer and a product."""

    id: int
    objective: int
    deal: str
    customer: str
    product: str
    axis: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderRow(Part):
    level: int
    who: str
    vendor: str
    partner: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RhythmRow(Part):
    meeting: str
    cadence: str
    minutes: int | None
    who: str
    covers: str
    optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionRow(Part):
    """A line of the 90-day motion; `week` is a Monday."""

    week: date
    text: str
    side: str
    owner: str
    done_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentRow(Part):
    """A file or page by its place: a path or an address."""

    title: str
    place: str
    about: str
    added: date


def stakeholders(session: Session, plan: int, partner: str) -> tuple[StakeholderRow, ...]:
    """The people of a plan with the day of the last note about them."""
    query = select(note.c.people, note.c.text, note.c.day).where(note.c.partner == partner).order_by(note.c.day.desc())
    notes = [(folded(f"{people} {text}"), day) for people, text, day in session.execute(query)]

    def noted(name: str) -> date | None:
        return next((day for words, day in notes if folded(name) in words), None)

    found = session.execute(of_plan(StakeholderRow, tables.stakeholder, plan))
    return tuple(StakeholderRow(**row._mapping, noted=noted(row.name)) for row in found)


def cells(session: Session, plan: int) -> tuple[CellRow, ...]:
    """What people said about cells of the whitespace."""
    found = session.execute(of_plan(CellRow, tables.whitespace_cell, plan)).mappings()
    return tuple(CellRow(**(dict(row) | {"value": _amount(row["value"], row["currency"])})) for row in found)


def links(session: Session, plan: int) -> tuple[LinkRow, ...]:
    """What the objectives of a plan work on, in words as well."""
    deal, customer, product = TABLES["deal"], TABLES["customer"], TABLES["product"]
    link = tables.objective_link
    named = [func.coalesce(deal.c.name, ""), func.coalesce(customer.c.name, link.c.customer)]
    query = (
        select(*link.c, *(words.label(f"n{n}") for n, words in enumerate(named)), product.c.name.label("product_name"))
        .join(objective, objective.c.id == link.c.objective)
        .outerjoin(deal, deal.c.id == link.c.deal)
        .outerjoin(customer, customer.c.id == link.c.customer)
        .outerjoin(product, (product.c.id == link.c.product) & (link.c.axis == "product"))
        .where(objective.c.plan == plan)
        .order_by(link.c.id)
    )
    return tuple(_link(row._mapping) for row in session.execute(query))


def _link(row: Any) -> LinkRow:
    own = {c.name: row[c.name] for c in tables.objective_link.c}
    words = row["n0"] or row["deal"] if row["deal"] else f"{row['n1']}, {row['product_name'] or row['product']}"
    return LinkRow(**own, words=words)


def of_plan(row_type: type[Any], table: Table, plan: int) -> Select[Any]:
    """A select of the rows of a plan, in their order."""
    return shaped(row_type, table).where(table.c.plan == plan).order_by(table.c.position, table.c.id)


def plan_reviews(session: Session, plan: int) -> tuple[PlanReviewRow, ...]:
    """The days of the quarters' reviews."""
    return rows(session, PlanReviewRow, of_plan(PlanReviewRow, tables.plan_review, plan))


def accounts(session: Session, plan: int) -> tuple[AccountRow, ...]:
    """Key accounts under joint governance."""
    return rows(session, AccountRow, of_plan(AccountRow, tables.key_account, plan))


def ladder(session: Session, plan: int) -> tuple[LadderRow, ...]:
    """The levels of the escalation ladder, the lowest first."""
    return tuple(sorted(rows(session, LadderRow, of_plan(LadderRow, tables.ladder_level, plan)), key=lambda r: r.level))


def rhythms(session: Session, plan: int) -> tuple[RhythmRow, ...]:
    """Which meetings there are, how often, and what is looked at where."""
    return rows(session, RhythmRow, of_plan(RhythmRow, tables.rhythm, plan))


def motions(session: Session, plan: int) -> tuple[MotionRow, ...]:
    """The next three months, week by week."""
    found: Iterable[MotionRow] = rows(session, MotionRow, of_plan(MotionRow, tables.motion, plan))
    return tuple(sorted(found, key=lambda r: (r.week, r.position)))


def attachments(session: Session, plan: int) -> tuple[AttachmentRow, ...]:
    """Files and pages by reference."""
    return rows(session, AttachmentRow, of_plan(AttachmentRow, tables.attachment, plan))


def _amount(units: int | None, currency: str) -> Decimal | None:
    return None if units is None else major(units, currency)
