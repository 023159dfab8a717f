"""A plan's workbook that comes back: which one it is, what the partner proposes, and what else was changed in it.

Three states are compared for each cell: as it was sent, as it came back, and as the plan is now. Only open cells make
proposals; everything else that differs is named, and nothing of it is taken.
"""

import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner
from partnerdesk.errors import Refused
from partnerdesk.intake.grid import Difference, Grid, filled
from partnerdesk.models.plan_sheets import plan_sheet
from partnerdesk.ops.plan.comparing import Compared, Issued, compared
from partnerdesk.ops.plan.contents import Contents, Kept, contents
from partnerdesk.ops.plan.layout import blocks
from partnerdesk.ops.plan.lineage import newest_version, rows_now
from partnerdesk.ops.plan.proposing import Proposed, standing
from partnerdesk.queries.facts import fact
from partnerdesk.queries.joint.plan_content import PlanRow
from partnerdesk.reports.plan.sheets import FRONT
from partnerdesk.reports.symbols import symbols

_KEY = re.compile(r"\bPS-[0-9a-f]{16}\b")


@dataclass(frozen=True, slots=True)
class ReturnedSheet:
    """A returned file. `made` is the plan it was made from, `plan` what it is compared with: its newest version."""

    file: str
    sha256: str
    sheet: int
    made_on: date
    partner: str
    partner_name: str
    made: PlanRow
    plan: PlanRow
    proposed: tuple[Proposed, ...]
    differences: tuple[Difference, ...]

    @property
    def fresh(self) -> tuple[Proposed, ...]:
        """What was not proposed before."""
        return tuple(p for p in self.proposed if not p.known)


def read_sheet(session: Session, path: Path, as_of: date, partner: str = "") -> ReturnedSheet:
    """Reads a returned workbook; nothing is written.

    Raises Refused for a file that is no workbook, one that this book did not send, and one of another partner than the
    one that is named.
    """
    sheets, flaws = filled(path)
    sent = _sent(session, path.name, sheets)
    if partner and partner != sent["partner"]:
        raise Refused(
            f"{path.name} is the plan of {_name(session, sent['partner'])}, not of {_name(session, partner)}.",
            "Open that partner's Plan and drop it there.",
        )
    made, newest = newest_version(session, sent["plan"])
    kept = json.loads(zlib.decompress(sent["content"]))
    issued, now = _issued(kept), contents(session, newest.id, as_of)
    row = fact(session, "partner", sent["partner"])
    known = symbols((row.language if isinstance(row, Partner) else "") or "en_GB")
    found = compared(issued, sheets, flaws, known)
    return ReturnedSheet(
        file=path.name,
        sha256=sha256(path.read_bytes()).hexdigest(),
        sheet=sent["id"],
        made_on=sent["made"],
        partner=sent["partner"],
        partner_name=newest.partner_name,
        made=made,
        plan=newest,
        proposed=tuple(_proposed(session, sent["id"], found, issued, made, now)),
        differences=found.differences,
    )


def _proposed(
    session: Session, sheet: int, found: Compared, issued: Issued, made: PlanRow, now: Contents
) -> Iterator[Proposed]:
    """What came back otherwise than it was sent, and is not so in the plan already."""
    following = rows_now(session, made, now.plan)
    for change in found.changes:
        proposed = standing(session, sheet, change, now, following)
        if proposed is not None:
            yield proposed


def _issued(kept: Mapping[str, Any]) -> Issued:
    rows = {
        block: tuple(Kept(key, values, at, frozenset(shut)) for key, values, at, shut in listed)
        for block, listed in kept["rows"].items()
    }
    cells: dict[str, Grid] = {
        name: {(line, column): text for line, column, text in listed} for name, listed in kept["cells"].items()
    }
    return Issued(blocks(tuple(kept["quarters"])), rows, cells, bool(kept["locked"]))


def _sent(session: Session, file: str, sheets: Mapping[str, Grid]) -> RowMapping:
    """What was sent under the key that stands in the file."""
    keys = {key for text in sheets.get(FRONT, {}).values() for key in _KEY.findall(text)}
    if not keys:
        raise Refused(
            f"{file} is no plan workbook: its first sheet “{FRONT}” or the key on it is missing.",
            "Ask the partner for the file as it was saved, or send the plan again.",
        )
    found = session.execute(select(plan_sheet).where(plan_sheet.c.key.in_(keys))).mappings().all()
    if len(found) != 1 or len(keys) != 1:
        raise Refused(
            f"{file} was not sent from this book, or its key was changed.",
            "Ask the partner for the file as it was sent; a workbook of another book is read there.",
        )
    return found[0]


def _name(session: Session, partner: str) -> str:
    row = fact(session, "partner", partner)
    return row.name if isinstance(row, Partner) else partner
