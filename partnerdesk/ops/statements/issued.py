"""What was issued of closed statements: the cells of every workbook that left, kept as they were sent.

A returned file is held against these, so that a later change of our own wording is nobody's alteration. Equal cells are
kept once, however often they leave.
"""

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from partnerdesk.errors import Damaged
from partnerdesk.intake.grid import Grid, grids_of
from partnerdesk.models.statements import issued_workbook
from partnerdesk.queries.statements.archive import ClosedRow
from partnerdesk.reports.release.outgoing import Issue, Outgoing


class Issued(NamedTuple):
    """The sheets of a workbook as they left, and when they first did, in UTC."""

    sheets: Mapping[str, Grid]
    at: str


def issue_of(closed: ClosedRow, file: str, content: bytes) -> Issue:
    """What the record keeps of a closed statement's workbook: its cells as canonical JSON, and their SHA-256."""
    sheets = grids_of(file, content)
    cells = {name: [[*place, text] for place, text in sorted(grid.items())] for name, grid in sheets.items()}
    body = json.dumps(cells, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return Issue(closed.id, closed.revision, sha256(body).hexdigest(), zlib.compress(body))


def keep_issues(session: Session, left: Sequence[Outgoing], at: str) -> None:
    """Keeps the cells of the workbooks among documents that left, those that were not kept before."""
    row = issued_workbook.c
    for issue in (one.issue for one in left if one.issue is not None):
        known = (row.statement == issue.statement, row.revision == issue.revision, row.sha256 == issue.sha256)
        if session.scalar(select(row.id).where(*known)) is None:
            values = {"statement": issue.statement, "revision": issue.revision, "sha256": issue.sha256}
            session.execute(insert(issued_workbook).values(**values, cells=issue.cells, at=at))


def issued_workbooks(session: Session, closed: ClosedRow) -> Iterator[Issued]:
    """The workbooks of a closed statement's revision that left, the newest first. Raises Damaged for a broken one."""
    row = issued_workbook.c
    wanted = select(row.sha256, row.cells, row.at).where(row.statement == closed.id, row.revision == closed.revision)
    for digest, cells, at in session.execute(wanted.order_by(row.id.desc())):
        try:
            body = zlib.decompress(cells)
        except zlib.error:
            body = b""
        if sha256(body).hexdigest() != digest:
            raise Damaged(f"The kept workbook of {closed.number} is not what was issued.", "Restore a backup.")
        read = json.loads(body)
        yield Issued({name: {(row, column): text for row, column, text in grid} for name, grid in read.items()}, at)
