"""The rows of a plan as they stand in its workbook, as plain texts that can be compared: what was sent, what is now.

A value is its shortest exact text: a day is 2026-09-30, a number has no zeros at its end, a text no spaces around it.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.ops.gate.own_ground import own_ground
from partnerdesk.ops.plan.layout import Block, blocks
from partnerdesk.queries.joint.plan_content import PlanRow, QuarterTarget, TargetRow
from partnerdesk.queries.joint.plans import PlanView, plan_view
from partnerdesk.queries.joint.whitespace import GAP, Whitespace, whitespace


@dataclass(frozen=True, slots=True)
class Kept:
    """A row by its key; `values` by field. `at` is what names it besides, for a cell of the whitespace."""

    key: str
    values: Mapping[str, str]
    at: Mapping[str, str] = field(default_factory=dict)
    shut: frozenset[str] = frozenset()  # fields that are not the partner's to change in this row
    shares: frozenset[str] = frozenset()  # numbers that are shown as per cent


@dataclass(frozen=True, slots=True)
class Contents:
    """A plan's blocks with their rows, by the key of the block."""

    plan: PlanRow
    blocks: tuple[Block, ...]
    rows: Mapping[str, tuple[Kept, ...]]

    def block(self, key: str) -> Block:
        return next(block for block in self.blocks if block.key == key)

    def row(self, block: str, key: str) -> Kept | None:
        return next((row for row in self.rows[block] if row.key == key), None)


def contents(session: Session, plan: int, as_of: date) -> Contents:
    """What a plan says now. Raises Refused for a plan that is not there."""
    view = plan_view(session, plan, as_of)
    if view is None:
        raise Refused("The plan of this workbook is not in this book any more.", "Undo its removal, or send a new one.")
    quarters = view.quarters
    found = blocks(quarters)
    partner = view.plan.partner
    ground = own_ground(session, partner, whitespace(session, partner, as_of, plan))
    rows = {block.key: tuple(_rows(block, view, ground, quarters)) for block in found}
    return Contents(view.plan, found, rows)


def _rows(block: Block, view: PlanView, ground: Whitespace, quarters: tuple[str, ...]) -> Iterator[Kept]:
    if block.key == "plan":
        yield Kept("", {f.name: text_of(getattr(view.plan, f.name)) for f in block.fields})
    elif block.key == "target":
        yield from (_target(row, quarters) for row in view.targets)
    elif block.key == "cell":
        yield from _cells(ground)
    else:
        for row in getattr(view, block.attribute):
            if not getattr(row, "internal", False):
                yield Kept(str(row.id), {f.name: text_of(getattr(row, f.name)) for f in block.fields})


def _target(row: TargetRow, quarters: tuple[str, ...]) -> Kept:
    """A target with a value and an actual for each quarter; what the program measures is not the partner's to say."""
    known = {quarter.quarter: quarter for quarter in row.quarters}
    values = {name: text_of(getattr(row, name)) for name in ("label", "unit", "baseline", "confidence")}
    for label in quarters:
        quarter = known.get(label, QuarterTarget(label, None, None))
        values |= {f"value:{label}": text_of(quarter.value), f"actual:{label}": text_of(quarter.actual)}
    numbers = frozenset(name for name in values if ":" in name or name == "baseline")
    measured = frozenset({"label", "unit", *(f"actual:{label}" for label in quarters)})
    shut = measured if row.source == "auto" else frozenset()
    return Kept(str(row.id), values, shut=shut, shares=numbers if row.unit == "%" else frozenset())


def _cells(ground: Whitespace) -> Iterator[Kept]:
    """The gaps, and every cell with a next step; a value only where a person of ours wrote it down."""
    products = {column.key: column.name for column in ground.columns}
    for row in ground.rows:
        for cell in row.cells:
            if cell.state != GAP and not cell.next_step:
                continue
            said = {"customer_name": row.name, "product_name": products[cell.product], "state": cell.state}
            said |= {"value": text_of(cell.value) if cell.is_typed else "", "next_step": text_of(cell.next_step)}
            at = {"customer": cell.customer, "product": cell.product, "axis": ground.axis}
            key = "|".join((cell.customer, cell.product, ground.axis))
            yield Kept(key, said, at | {"currency": ground.currency})


def text_of(value: Any) -> str:
    """The text of a value, by which it is compared."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text == "-0" else text
    if isinstance(value, date):
        return value.isoformat()
    return clean(str(value))


def clean(text: str) -> str:
    """A text without what spreadsheet programs change: accents composed, line ends plain, no spaces at the ends."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()
