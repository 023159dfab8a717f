"""A statement that comes back from a partner: which one it is, what is marked as disputed, and what else was altered.

It is compared cell by cell with what was sent: of the workbooks that left of its statement, in whatever language and
words, with the one that it is nearest to. One that left before these were kept is drawn again from what was frozen.
Only marked rows and their comments are taken; every other difference is listed, and nothing of it reaches the book.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner
from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.errors import Refused
from partnerdesk.intake.grid import Difference, Grid, filled, grids_of
from partnerdesk.ops.statements.ballots import Ballot, disputed_by, marks, without_ballots
from partnerdesk.ops.statements.causes import with_causes
from partnerdesk.ops.statements.computed import with_computed
from partnerdesk.ops.statements.corrected_lines import with_corrected_lines
from partnerdesk.ops.statements.disputes import Claim, raise_disputes
from partnerdesk.ops.statements.issued import Issued, issued_workbooks
from partnerdesk.ops.statements.straightened import NOT_CALCULATED, marked_unread, straightened, told
from partnerdesk.queries.facts import fact
from partnerdesk.queries.statements.archive import ClosedRow, canonical_statement, closed_statements
from partnerdesk.queries.statements.disputes import disputes
from partnerdesk.queries.statements.posted_rows import on_statement
from partnerdesk.reports.format import Formats
from partnerdesk.reports.statement.document import StatementDocument
from partnerdesk.reports.statement.frozen import restored
from partnerdesk.reports.statement.making import EARNINGS
from partnerdesk.reports.statement.workbook import workbook

_HASH = re.compile(r"\b[0-9a-f]{64}\b")
NO_COMMENT = "Marked in the returned statement, without a comment"


@dataclass(frozen=True, slots=True)
class Marked:
    """A row that the partner marked. `known` is the dispute that this very mark, or an open one, made already.

    `says` is what it is in words: line L-7, clawback C-1, the total.
    """

    line: str
    comment: str
    row: int
    known: str = ""
    sheet: str = EARNINGS
    says: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """A returned file: the statement it is, its marked rows, and whatever else is not as it was issued.

    `sent` is when the workbook that it was compared with first left, in UTC; empty where that was drawn again.
    """

    file: str
    sha256: str
    closed: ClosedRow
    partner_name: str
    marked: tuple[Marked, ...]
    differences: tuple[Difference, ...]
    sent: str = ""

    @property
    def fresh(self) -> tuple[Marked, ...]:
        """The marked rows that no dispute stands for yet."""
        return tuple(m for m in self.marked if not m.known)

    @property
    def against(self) -> str:
        """What the file was held against, in a sentence."""
        if not self.sent:
            return "It left before what was sent was kept: it is compared with the statement drawn again."
        return f"It is compared with the workbook that was issued on {day_words(date.fromisoformat(self.sent[:10]))}."

    @property
    def altered(self) -> tuple[Difference, ...]:
        """The differences that somebody made; cells that came back without a value are none."""
        return tuple(d for d in self.differences if d.returned != NOT_CALCULATED)

    @property
    def uncalculated(self) -> str:
        """How many computed cells came back without a value, and where; empty where all have one."""
        return next((f"{d.issued} on {d.sheet}" for d in self.differences if d.returned == NOT_CALCULATED), "")


def read_returned(session: Session, path: Path) -> Returned:
    """Reads a returned workbook; nothing is written.

    Raises Refused for a file that is no workbook, and for one that does not carry the hash of a closed statement.
    """
    cells, flaws = filled(path)
    sheets = marked_unread(cells, flaws)
    closed = _statement(session, path.name, sheets)
    document = restored(canonical_statement(session, closed.id, closed.revision))
    drawn = [Issued(without_ballots(_drawn(session, document, it), sheets), "") for it in (True, False)]
    sent = [*issued_workbooks(session, closed), *drawn]
    compared = [(*_compared(one.sheets, sheets), one.at) for one in sent]
    marked, altered, at = min(compared, key=lambda found: len(found[1]))
    return Returned(
        file=path.name,
        sha256=_digest(path),
        closed=closed,
        partner_name=document.partner_name,
        marked=tuple(_known(session, document, closed, marked)),
        differences=tuple(told(altered)),
        sent=at,
    )


def raise_returned(
    session: Session, found: Returned, *, raised_by: str, on: date, by: str, at: str, late_because: str = ""
) -> tuple[str, ...]:
    """Opens a dispute of each marked row that has none; raises Refused as `raise_disputes` does."""
    claims = [
        Claim(
            partner=found.closed.partner,
            line=mark.line,
            reason=mark.comment or NO_COMMENT,
            raised_by=raised_by,
            late_because=late_because,
            source=f"{found.file}, sheet {mark.sheet}, row {mark.row} (sha256 {found.sha256[:16]})",
        )
        for mark in found.fresh
    ]
    if not claims:
        raise Refused("No row of this file is marked that is not disputed already.", "Nothing is to be done.")
    return raise_disputes(session, claims, on=on, by=by, at=at)


def _drawn(session: Session, document: StatementDocument, tells_others: bool) -> dict[str, Grid]:
    """The cells of the workbook as it would be issued now, or as earlier releases did (`with_causes`)."""
    row = fact(session, "partner", document.statement.partner)
    language = row.language if isinstance(row, Partner) else ""
    formats = Formats(language or "en_GB", english=True)
    told = with_causes(session, document, formats, tells_others=tells_others)
    if tells_others:
        told = with_computed(session, with_corrected_lines(session, told))
    content = workbook(told, formats)
    return grids_of(f"{document.number}.xlsx", content)


def _compared(issued: Mapping[str, Grid], returned: Mapping[str, Grid]) -> tuple[list[Ballot], list[Difference]]:
    """The marked rows of a returned workbook, and every cell that is not as in an issued one."""
    sheets = straightened(issued, returned)
    marked, altered = list[Ballot](), list[Difference]()
    for name in dict.fromkeys([*issued, *sheets]):
        if name not in sheets:
            altered.append(Difference(name, "", "sheet", ""))
        elif name not in issued:
            altered.append(Difference(name, "", "", "sheet"))
        else:
            found, other = marks(name, issued[name], sheets[name])
            marked += found
            altered += other
    return marked, altered


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _statement(session: Session, file: str, sheets: Mapping[str, Grid]) -> ClosedRow:
    """The closed statement whose hash stands in the file."""
    hashes = {hash for grid in sheets.values() for text in grid.values() for hash in _HASH.findall(text)}
    found = [row for row in closed_statements(session, revisions=True) if row.sha256 in hashes]
    if len(found) != 1:
        raise Refused(
            f"{file} is no statement that this book issued: no closed statement has its SHA-256.",
            "Ask the partner for the file as it was sent; a draft cannot be disputed.",
        )
    return found[0]


def _known(session: Session, document: StatementDocument, closed: ClosedRow, ballots: list[Ballot]) -> Iterator[Marked]:
    """The marks, each with the dispute that stands for it: an open one, or a decided one of the same words."""
    rows = disputes(session, closed.end, closed.partner)
    for ballot in ballots:
        found = on_statement(session, closed.partner, disputed_by(ballot, document))
        words = ballot.comment or NO_COMMENT
        same = (d.id for d in rows if d.line == found.line and (d.is_open or d.reason == words))
        yield Marked(found.line, ballot.comment, ballot.row, next(same, ""), ballot.sheet, found.says)
