"""A plan goes out as a workbook to be filled in, through the gate; what was sent is kept, to be compared with later."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from partnerdesk.engine.money import rounded
from partnerdesk.errors import Refused
from partnerdesk.intake.grid import Grid, grids_of
from partnerdesk.models.book import book
from partnerdesk.models.plan_sheets import plan_sheet
from partnerdesk.ops import folders
from partnerdesk.ops.gate.strangers import refuse_strangers
from partnerdesk.ops.gate.whose import Whose
from partnerdesk.ops.plan.contents import Contents, Kept, contents, text_of
from partnerdesk.ops.plan.documents import named
from partnerdesk.ops.plan.gathered import Gathered, gathered
from partnerdesk.ops.plan.layout import NEVER, WORDS, Block, Field
from partnerdesk.reports.format import Formats
from partnerdesk.reports.plan.sheets import (
    BLANKS,
    COUNT,
    DAY,
    NUMBER,
    PlanSheet,
    SheetBlock,
    SheetCell,
    SheetColumn,
    SheetRow,
    Value,
    workbook,
)
from partnerdesk.reports.release import release
from partnerdesk.reports.release.outgoing import Outgoing, digest_of

_MARK = "PS-"
PLACES = 6  # decimals of what was measured


@dataclass(frozen=True, slots=True)
class SentSheet:
    """The file that was written; `key` stands in it."""

    partner: str
    number: str
    version: int
    key: str
    path: Path
    replaced: bool
    name: str = ""  # of the partner

    @property
    def outgoing(self) -> tuple[Outgoing, ...]:
        """What the file says of itself for the record."""
        about = f"{self.number} v{self.version}"
        return (Outgoing("plan workbook", self.partner, about, self.path.name, digest_of(self.path), self.name),)


def send_sheet(session: Session, plan: int, as_of: date, folder: Path) -> SentSheet:
    """Writes a plan as a workbook for its partner to fill in, and keeps what stands in it; undo does not take it back.

    Raises Refused for a plan that is not there or is closed, and where the finished file holds something of another
    partner; Damaged where the disk is in the way.
    """
    found = gathered(session, plan, as_of)
    now = _measured(contents(session, plan, as_of), found)
    if now.plan.status == "closed":
        raise Refused("This plan is closed: nothing in it changes any more.", "Send the plan of the next period.")
    key = _key(session, now, as_of)
    sheet = _sheet(found, now, key)
    said = (value for rows in now.rows.values() for row in rows for value in row.values.values())
    refuse_strangers(session, found.partner.id, sheet.partner_name, (now.plan.title, *said), "The workbook")
    content = workbook(sheet)
    path = folders.made(folder) / named(session, found, ".xlsx")
    replaced = path.exists()
    release(path, content, Whose(session, as_of).world(found.partner.id, found.document.partner.name), sheet)
    _keep(session, now, key, path.name, grids_of(path.name, content), as_of)
    return SentSheet(
        now.plan.partner, now.plan.number, now.plan.version, key, path, replaced, found.document.partner.name
    )


def _measured(now: Contents, found: Gathered) -> Contents:
    """With what the program measured in the targets that it measures."""
    rows = []
    for row, target in zip(now.rows["target"], found.document.targets, strict=True):
        said = {f"actual:{q.label}": _reached(q.actual) for q in target.quarters} if target.is_measured else {}
        rows.append(replace(row, values={**row.values, **{k: v for k, v in said.items() if k in row.values}}))
    return replace(now, rows={**now.rows, "target": tuple(rows)})


def _reached(actual: Decimal | None) -> str:
    """What the program measured, such as a share of 47/49, as a cell of a spreadsheet can hold it."""
    return text_of(None if actual is None else rounded(actual, PLACES))


def is_open(plan_is_locked: bool, row: Kept, field: Field) -> bool:
    """Whether a cell is the partner's to change."""
    return field.when != NEVER and field.name not in row.shut and not (plan_is_locked and field.when == WORDS)


def row_name(block: Block, row: Kept, number: int) -> str:
    """What a row is called in the workbook: digits alone, which are nobody's identifier. A cell of the whitespace is
    called by its place, everything else by its key.
    """
    return str(number) if block.key in ("plan", "cell") else row.key


def _key(session: Session, now: Contents, made: date) -> str:
    """The key of what is sent: the same for the same content on the same day."""
    id = session.execute(select(book.c.id)).scalar_one()
    said = [str(id), now.plan.id, now.plan.version, now.plan.status, made.isoformat(), _rows_as_json(now)]
    return f"{_MARK}{sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:16]}"


def _rows_as_json(now: Contents) -> dict[str, list[Any]]:
    return {
        key: [[row.key, dict(row.values), dict(row.at), sorted(row.shut)] for row in rows]
        for key, rows in now.rows.items()
    }


def _keep(session: Session, now: Contents, key: str, file: str, grids: Mapping[str, Grid], made: date) -> None:
    if session.scalar(select(plan_sheet.c.id).where(plan_sheet.c.key == key)) is not None:
        return
    cells = {name: [[*place, text] for place, text in sorted(grid.items())] for name, grid in grids.items()}
    quarters = [f.name.partition(":")[2] for f in now.block("target").fields if f.name.startswith("value:")]
    kept = {"rows": _rows_as_json(now), "cells": cells, "locked": now.plan.is_locked, "quarters": quarters}
    body = zlib.compress(json.dumps(kept, ensure_ascii=False).encode())
    values = {"partner": now.plan.partner, "plan": now.plan.id, "key": key, "made": made, "file": file}
    session.execute(insert(plan_sheet).values(**values, content=body))


def _sheet(found: Gathered, now: Contents, key: str) -> PlanSheet:
    data, formats = found.document, Formats("en_GB")
    facts = (
        ("Plan", f"{data.number}, version {data.version}, {data.status}"),
        ("Partner", f"{data.partner.name} ({data.partner.id})"),
        ("From", data.vendor.name),
        ("As of", formats.day(data.as_of)),
    )
    blocks = tuple(_block(block, now, data.partner.name) for block in now.blocks if _is_shown(block, now))
    return PlanSheet(
        title=f"{data.title}, {data.partner.name}",
        partner_name=data.partner.name,
        vendor=data.vendor.name,
        made=data.as_of,
        key=key,
        facts=facts,
        blocks=blocks,
    )


def _is_shown(block: Block, now: Contents) -> bool:
    """A block without rows has a sheet only where rows can be added."""
    return bool(now.rows[block.key]) or _blanks(block, now) > 0


def _blanks(block: Block, now: Contents) -> int:
    """How many lines for new rows a sheet has."""
    if not block.grows or not any(is_open(now.plan.is_locked, Kept("", {}), field) for field in block.fields[:2]):
        return 0
    return BLANKS if block.most is None else max(0, block.most - len(now.rows[block.key]))


def _block(block: Block, now: Contents, partner: str) -> SheetBlock:
    columns = tuple(SheetColumn(f.title, f.kind, f.width, f.choices) for f in block.fields)
    rows = tuple(
        SheetRow(row_name(block, row, n), tuple(_cell(f, row, now.plan.is_locked) for f in block.fields))
        for n, row in enumerate(now.rows[block.key], 1)
    )
    is_front = block.key == "plan"
    title = f"{now.plan.title}, {partner}" if is_front else block.sheet
    says = block.says
    if now.plan.is_locked and block.key not in ("cell", "person", "promise"):
        says = "This plan is agreed: its words are locked, and what is tinted reports how it goes."
    return SheetBlock(block.sheet, title, says, columns, rows, _blanks(block, now), is_front)


def _cell(field: Field, row: Kept, locked: bool) -> SheetCell:
    return SheetCell(_value(field, row.values[field.name]), is_open(locked, row, field), field.name in row.shares)


def _value(field: Field, text: str) -> Value:
    if not text:
        return None
    if field.kind == DAY:
        return date.fromisoformat(text)
    return Decimal(text) if field.kind in (NUMBER, COUNT) else text
